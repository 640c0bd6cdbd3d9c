/** What a vendor's own console loads: the element, and its types for TypeScript. */
export { ApiClientCredentials } from "./elements/api-client-credentials.js";
export type { TokenProvider } from "./api/client.js";
export type { Actor, Credential, Revocation } from "./api/types.js";
export type { ApiClientCredentialsEventMap } from "./elements/events.js";
export type { ApiClientCredentialsProperties } from "./elements/properties.js";
export type { MessageOverrides } from "./locales/languages.js";
export type { Message, MessageKey, Messages } from "./locales/messages.js";
export type { Announcements, ChangedCredential, ConsoleError, CredentialChange, ShownCredential, ShownView } from "./state/announcements.js";
