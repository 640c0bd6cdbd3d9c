/** A key for one action: sent again with a retry, so that the action is carried out once. */
export function idempotencyKey(): string {
  // crypto.randomUUID is not there on http.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
