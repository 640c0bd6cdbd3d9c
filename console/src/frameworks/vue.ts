/** The element in Vue 3's templates, for which the build must say that it is one: `isCustomElement`. */

import type { ComponentPublicInstance } from "vue";
import type { ApiClientCredentialsEventMap } from "../elements/events.js";
import type { ApiClientCredentialsProperties } from "../elements/properties.js";

export * from "../embed.js";

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

/** As Vue names a listener: `@credential-created` is onCredentialCreated. */
type Listeners = {
  [Name in keyof ApiClientCredentialsEventMap as `on${Capitalize<Camel<Name>>}`]?: (event: ApiClientCredentialsEventMap[Name]) => void;
};

declare module "vue" {
  interface GlobalComponents {
    "api-client-credentials": new () => ComponentPublicInstance<ApiClientCredentialsProperties & Listeners>;
  }
}
