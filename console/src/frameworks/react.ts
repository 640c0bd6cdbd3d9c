/** The element in React 19's JSX. React sets the properties, and hears an event by `on` and its name: `oncredential-created`. */

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ApiClientCredentials } from "../elements/api-client-credentials.js";
import type { ApiClientCredentialsEventMap } from "../elements/events.js";
import type { ApiClientCredentialsProperties } from "../elements/properties.js";

export * from "../embed.js";

type Listeners = { [Name in keyof ApiClientCredentialsEventMap as `on${Name}`]?: (event: ApiClientCredentialsEventMap[Name]) => void };

type OwnAttributes = DetailedHTMLProps<HTMLAttributes<ApiClientCredentials>, ApiClientCredentials> &
  ApiClientCredentialsProperties &
  Listeners;

declare module "react" {
  // oxlint-disable-next-line typescript/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      "api-client-credentials": OwnAttributes;
    }
  }
}
