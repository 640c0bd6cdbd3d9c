/** The page's address of a credential's panel: a fragment, which reload, Back and a copied link keep, and no server sees. */

const FRAGMENT = /^#\/credentials\/([\w-]+)$/;

/** The client_id that an address names; empty where it names none. */
export function credentialIn(fragment: string): string {
  return FRAGMENT.exec(fragment)?.[1] ?? "";
}

export function fragmentOf(clientId: string | null): string {
  return clientId ? `#/credentials/${clientId}` : "";
}
