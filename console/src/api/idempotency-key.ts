/** A key for one action: sent again with a retry, so that the action is carried out once. */
export function idempotencyKey(): string {
  // crypto.randomUUID is not there on http.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Attempt<Wanted> {
  readonly choices: string;
  readonly wanted: Wanted;
  readonly key: string;
}

/** What was asked for last, and under which key: the same choices again are the same request. */
export class Attempts<Wanted> {
  private last: Attempt<Wanted> | null = null;
  /** It is not known whether the last one was carried out. */
  inDoubt = false;

  /** The attempt to make for these choices; `make` answers what they ask for, where they are others than before. */
  async next(choices: string, make: () => Wanted | Promise<Wanted>): Promise<Attempt<Wanted>> {
    if (this.last?.choices !== choices) {
      this.last = { choices, wanted: await make(), key: idempotencyKey() };
      this.inDoubt = false;
    }
    return this.last;
  }

  /** Whether these choices are to be tried again. */
  isRetry(choices: string): boolean {
    return this.inDoubt && this.last?.choices === choices;
  }

  /** The next attempt is a new request, whatever its choices. */
  startAnew(): void {
    this.last = null;
    this.inDoubt = false;
  }
}
