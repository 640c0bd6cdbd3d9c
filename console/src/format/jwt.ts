export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Header and claims of a JWT, unverified: to show, never to trust. */
export function decodeJwt(token: string): DecodedJwt {
  const [header, claims] = token.split(".");
  return { header: decodePart(header), claims: decodePart(claims) };
}

function decodePart(part: string | undefined): Record<string, unknown> {
  const binary = atob((part ?? "").replace(/-/g, "+").replace(/_/g, "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))));
}
