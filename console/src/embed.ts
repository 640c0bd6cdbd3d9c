/** What a vendor's own console loads: the element, and its type for TypeScript. */
export { ApiClientCredentials } from "./elements/api-client-credentials.js";
