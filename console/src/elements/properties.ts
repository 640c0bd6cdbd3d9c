import type { ApiClientCredentials } from "./api-client-credentials.js";

/** What a page sets on the element. */
export type ApiClientCredentialsProperties = Partial<
  Pick<
    ApiClientCredentials,
    "api" | "tokenProvider" | "signIn" | "locale" | "messages" | "tab" | "filter" | "pageSize" | "hide" | "credential" | "snippets" | "snippetUrl"
  >
>;
