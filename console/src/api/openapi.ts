/** What the service takes and answers. `make console` makes it from the service's /openapi.json. */

/** Who did something. `subject` is the identity provider's, or the client_id; `name` is the one to show. `type` is an ActorType, or one of a release to come: who only reads it tells it on. */
export interface Actor {
  readonly subject: string;
  readonly name: string;
  readonly type: "console_user" | "credential" | "service";
}

export interface AuditEventBody {
  readonly event_id: string;
  readonly at: string;
  readonly action: "credential.created" | "credential.secret_added" | "credential.secret_ended" | "credential.secret_leaked" | "credential.key_added" | "credential.key_removed" | "credential.edited" | "credential.suspended" | "credential.resumed" | "credential.revoked" | "credential.expiring" | "credential.refused" | "credentials.revoked_all" | "credentials.swept";
  readonly actor: Actor;
  readonly client_id: string | null;
  readonly source_ip: string;
  readonly request_id: string;
  readonly outcome: string;
  readonly details: Readonly<Record<string, string | number | ReadonlyArray<string> | Readonly<Record<string, string | number | ReadonlyArray<string> | null>> | null>>;
}

export interface AuditEventPageBody {
  readonly audit_events: ReadonlyArray<AuditEventBody>;
  readonly next_cursor: string | null;
}

/** RFC 9449 §6.1: the RFC 7638 thumbprint of the key that the token is bound to. */
export interface Confirmation {
  readonly jkt: string;
}

/** The console user, and what the page needs to know before it shows a form. */
export interface ConsoleUserBody {
  readonly subject: string;
  readonly name: string;
  readonly roles: ReadonlyArray<"admin" | "viewer">;
  readonly scopes: ReadonlyArray<ScopeBody>;
  readonly default_scopes: ReadonlyArray<string>;
  readonly active_credentials: number;
  readonly security_profile: "fapi2" | null;
}

/** Without `client_secret` where the client has a key of its own. */
export interface CreatedCredentialBody {
  readonly client_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: "active" | "expired" | "revoked" | "suspended";
  readonly scopes: ReadonlyArray<string>;
  readonly allowed_addresses: ReadonlyArray<string> | null;
  readonly created_by: Actor;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly suspended_by: Actor | null;
  readonly suspended_at: string | null;
  readonly revoked_by: Actor | null;
  readonly revoked_at: string | null;
  readonly revocation_id: string | null;
  readonly last_used_at: string | null;
  readonly last_used_from: string | null;
  readonly secrets: ReadonlyArray<SecretBody>;
  readonly keys: ReadonlyArray<KeyBody>;
  readonly token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | null;
  readonly jwks: JwksBody | null;
  readonly security_profile: "fapi2" | null;
  readonly client_secret?: string;
}

export interface CredentialBody {
  readonly client_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: "active" | "expired" | "revoked" | "suspended";
  readonly scopes: ReadonlyArray<string>;
  readonly allowed_addresses: ReadonlyArray<string> | null;
  readonly created_by: Actor;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly suspended_by: Actor | null;
  readonly suspended_at: string | null;
  readonly revoked_by: Actor | null;
  readonly revoked_at: string | null;
  readonly revocation_id: string | null;
  readonly last_used_at: string | null;
  readonly last_used_from: string | null;
  readonly secrets: ReadonlyArray<SecretBody>;
  readonly keys: ReadonlyArray<KeyBody>;
  readonly token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | null;
  readonly jwks: JwksBody | null;
  readonly security_profile: "fapi2" | null;
}

export interface CredentialPageBody {
  readonly credentials: ReadonlyArray<CredentialBody>;
  readonly next_cursor: string | null;
}

/** What is absent stays. null takes away the description, the expiry, the limit on addresses, or the security profile, which only a console user may. */
export interface CredentialPatch {
  /** In Unicode's form NFC. What people cannot see, or what turns the text around it, is refused */
  readonly name?: string;
  readonly description?: string | null;
  readonly scopes?: ReadonlyArray<string>;
  readonly expires_at?: string | null;
  readonly allowed_addresses?: ReadonlyArray<string> | null;
  readonly security_profile?: "fapi2" | null;
}

/** A new credential. Without `scopes` it gets the default ones; without `expires_at` it ends as late as this service lets it, which may be never; without `allowed_addresses`, up to 20 CIDR blocks, it may be used from anywhere. `jwks` is a JWK Set (RFC 7517 §5) or one JWK: the client authenticates with its own key, and there is no secret. `token_endpoint_auth_method` (RFC 7591 §2) fixes how the secret must be sent; without it, either way is accepted. `security_profile` `fapi2`, for a client with keys alone, holds it to the FAPI 2.0 Security Profile. */
export interface CredentialRequest {
  /** In Unicode's form NFC. What people cannot see, or what turns the text around it, is refused */
  readonly name: string;
  readonly description?: string | null;
  readonly scopes?: ReadonlyArray<string> | null;
  readonly expires_at?: string | null;
  readonly allowed_addresses?: ReadonlyArray<string> | null;
  readonly token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | null;
  readonly jwks?: Readonly<Record<string, unknown>> | null;
  readonly security_profile?: "fapi2" | null;
}

/** One fault of a request: `pointer` is a JSON Pointer (RFC 6901) to it, `detail` says what to change. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** `token_hash` is SHA-256 of the match, in hexadecimal: the answer holds no secret. */
export interface Feedback {
  readonly token_hash: string;
  readonly token_type: string;
  readonly label: "false_positive" | "true_positive";
}

export interface Health {
  readonly status: "ok";
}

/** RFC 7517 §5. */
export interface JwkSet {
  readonly keys: ReadonlyArray<Readonly<Record<string, string>>>;
}

/** A JWK Set (RFC 7517 §5) of a client's public keys. */
export interface JwksBody {
  readonly keys: ReadonlyArray<Readonly<Record<string, string>>>;
}

/** When the key of this `kid` last verified an assertion, and from which network that came. */
export interface KeyBody {
  readonly kid: string;
  readonly last_used_at: string | null;
  readonly last_used_from: string | null;
}

/** A further public key of a client, as a JWK (RFC 7517 §4). */
export interface KeyRequest {
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** One of a report's matches: what looks like a secret, GitHub's name for its kind, and where it was found. */
export interface Match {
  readonly token: string;
  readonly type: string;
  readonly url?: string | null;
  readonly source?: string | null;
}

/** RFC 6749 §5.2. */
export interface OAuthError {
  readonly error: string;
  readonly error_description: string;
}

/** A whole client secret, as it was found. */
export interface PresentedSecretForm {
  readonly secret: string;
}

/** RFC 7662 §2.1, RFC 7009 §2.1. */
export interface PresentedTokenForm {
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  readonly client_assertion?: string;
  readonly token: string;
  readonly token_type_hint?: string;
}

/** RFC 9457 §3, with the request's id and the faults of a body as extension members. `client_id` and `secret_id` name what an earlier request under the same Idempotency-Key made, `secret_ids` the secrets that are valid where there can be no further one. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly request_id: string;
  readonly errors?: ReadonlyArray<Fault>;
  readonly client_id?: string;
  readonly secret_id?: string;
  readonly secret_ids?: ReadonlyArray<string>;
}

/** RFC 9728 §2. `scopes_supported` is left out: clients ask for all that it lists, and few credentials have every scope. What a request needs beyond a token, the challenge to it says (RFC 6750 §3). */
export interface ProtectedResourceMetadata {
  readonly resource: string;
  readonly authorization_servers: ReadonlyArray<string>;
  readonly bearer_methods_supported: ReadonlyArray<string>;
  readonly dpop_signing_alg_values_supported?: ReadonlyArray<string>;
  readonly dpop_bound_access_tokens_required?: boolean;
}

export interface RevocationBody {
  readonly revocation_id: string;
  readonly generation: number;
  readonly revoked_by: Actor;
  readonly fenced_at: string;
  readonly total: number;
  readonly swept: number;
  readonly remaining: number;
  readonly completed_at: string | null;
}

export interface ScopeBody {
  readonly name: string;
  readonly description: string;
}

/** A secret without its text: `hint` is its last characters. */
export interface SecretBody {
  readonly secret_id: string;
  readonly hint: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly last_used_from: string | null;
}

/** A new secret. `overlap_seconds`: how long the old one stays valid beside it; null: until it is ended. */
export interface SecretRequest {
  /** Without it: 86400. */
  readonly overlap_seconds?: number | null;
}

/** RFC 8414 §2, RFC 9449 §5.1, RFC 9728 §4. No grant has a response type. `authorization_endpoint` is there for clients that insist on one: it is not ours, and no grant here leads to it. `subject_types_supported` and `id_token_signing_alg_values_supported` are what OpenID Connect Discovery §3 requires of a document at its path. There are no ID tokens: verifiers take from it how access tokens may be signed. */
export interface ServerMetadata {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly introspection_endpoint: string;
  readonly revocation_endpoint: string;
  readonly jwks_uri: string;
  readonly scopes_supported: ReadonlyArray<string>;
  readonly protected_resources: ReadonlyArray<string>;
  readonly authorization_endpoint?: string;
  readonly status_list_aggregation_endpoint?: string;
  readonly response_types_supported: ReadonlyArray<string>;
  readonly grant_types_supported: ReadonlyArray<string>;
  readonly token_endpoint_auth_methods_supported: ReadonlyArray<"client_secret_basic" | "client_secret_post" | "private_key_jwt">;
  readonly token_endpoint_auth_signing_alg_values_supported: ReadonlyArray<string>;
  readonly introspection_endpoint_auth_methods_supported: ReadonlyArray<"client_secret_basic" | "client_secret_post" | "private_key_jwt">;
  readonly introspection_endpoint_auth_signing_alg_values_supported: ReadonlyArray<string>;
  readonly revocation_endpoint_auth_methods_supported: ReadonlyArray<"client_secret_basic" | "client_secret_post" | "private_key_jwt">;
  readonly revocation_endpoint_auth_signing_alg_values_supported: ReadonlyArray<string>;
  readonly dpop_signing_alg_values_supported: ReadonlyArray<string>;
  readonly subject_types_supported: ReadonlyArray<string>;
  readonly id_token_signing_alg_values_supported: ReadonlyArray<string>;
}

/** §9.3: URIs of status lists. */
export interface StatusListAggregation {
  readonly status_lists: ReadonlyArray<string>;
}

/** RFC 6749 §4.4.2; `resource` is RFC 8707's, and `audience` another name for it. */
export interface TokenForm {
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  readonly client_assertion?: string;
  readonly grant_type: "client_credentials";
  readonly scope?: string;
  readonly resource?: string;
  readonly audience?: string;
}

/** RFC 6749 §5.1. `expires_in` is in seconds. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope?: string;
}

/** RFC 7662 §2.2, with `cnf` by RFC 9449 §6.2, the tenant, and the CIDR blocks that the token may be used from. Times in epoch seconds. Without `allowed_addresses` it may be used from anywhere. A token that is not active has no other member than `active`. */
export interface TokenState {
  readonly active: boolean;
  readonly token_type?: "Bearer" | "DPoP";
  readonly iss?: string;
  readonly aud?: string;
  readonly sub?: string;
  readonly client_id?: string;
  readonly iat?: number;
  readonly exp?: number;
  readonly jti?: string;
  readonly tenant_id?: string;
  readonly scope?: string;
  readonly cnf?: Confirmation;
  readonly allowed_addresses?: ReadonlyArray<string>;
}

/** What a protected API learns of its client from the authorizer. */
export interface WhoamiBody {
  readonly tenant_id: string;
  readonly client_id: string;
  readonly scope: string;
}

export interface Paths {
  readonly "/v1/credentials": {
    /** Create a credential */
    readonly POST: {
      readonly body: CredentialRequest;
      readonly answer: CreatedCredentialBody;
    };
    /** List the credentials */
    readonly GET: {
      readonly query: {
        readonly limit?: number;
        /** The `next_cursor` of the page before, which had the same parameters. */
        readonly cursor?: string;
        readonly status?: "active" | "all" | "expired" | "expiring" | "revoked" | "suspended";
        /** Text in the name, the description or the `client_id`, in capitals or not. */
        readonly search?: string;
        /** One that the credential has. */
        readonly scope?: string;
        /** The `subject` of who made it. */
        readonly created_by?: string;
        /** It was neither used nor made since then. */
        readonly unused_since?: string;
      };
      readonly answer: CredentialPageBody;
    };
  };
  readonly "/v1/credentials/{client_id}": {
    /** Get one credential */
    readonly GET: {
      readonly path: {
        readonly client_id: string;
      };
      readonly answer: CredentialBody;
    };
    /** Edit a credential */
    readonly PATCH: {
      readonly path: {
        readonly client_id: string;
      };
      readonly body: CredentialPatch;
      readonly answer: CredentialBody;
    };
  };
  readonly "/v1/credentials/{client_id}/secrets": {
    /** Add a second secret */
    readonly POST: {
      readonly path: {
        readonly client_id: string;
      };
      readonly body: SecretRequest;
      readonly answer: CreatedCredentialBody;
    };
  };
  readonly "/v1/credentials/{client_id}/secrets/{secret_id}": {
    /** End a secret */
    readonly DELETE: {
      readonly path: {
        readonly client_id: string;
        readonly secret_id: string;
      };
    };
  };
  readonly "/v1/credentials/{client_id}/keys": {
    /** Add a public key */
    readonly POST: {
      readonly path: {
        readonly client_id: string;
      };
      readonly body: KeyRequest;
      readonly answer: CredentialBody;
    };
  };
  readonly "/v1/credentials/{client_id}/keys/{kid}": {
    /** Remove a public key */
    readonly DELETE: {
      readonly path: {
        readonly client_id: string;
        readonly kid: string;
      };
    };
  };
  readonly "/v1/credentials/{client_id}/suspend": {
    /** Suspend one credential */
    readonly POST: {
      readonly path: {
        readonly client_id: string;
      };
      readonly answer: CredentialBody;
    };
  };
  readonly "/v1/credentials/{client_id}/resume": {
    /** Resume a suspended credential */
    readonly POST: {
      readonly path: {
        readonly client_id: string;
      };
      readonly answer: CredentialBody;
    };
  };
  readonly "/v1/credentials/{client_id}/revoke": {
    /** Revoke one credential */
    readonly POST: {
      readonly path: {
        readonly client_id: string;
      };
      readonly answer: CredentialBody;
    };
  };
  readonly "/v1/credentials/revoke-all": {
    /** Revoke every credential of the tenant */
    readonly POST: {
      readonly answer: RevocationBody;
    };
  };
  readonly "/v1/revocations/{revocation_id}": {
    /** Get the progress of a revoke-all */
    readonly GET: {
      readonly path: {
        readonly revocation_id: string;
      };
      readonly answer: RevocationBody;
    };
  };
  readonly "/v1/audit-events": {
    /** List the audit events */
    readonly GET: {
      readonly query: {
        readonly limit?: number;
        /** The `next_cursor` of the page before, which had the same parameters. */
        readonly cursor?: string;
        /** The credential concerned. */
        readonly client_id?: string;
        /** What was done. */
        readonly action?: "credential.created" | "credential.edited" | "credential.expiring" | "credential.key_added" | "credential.key_removed" | "credential.refused" | "credential.resumed" | "credential.revoked" | "credential.secret_added" | "credential.secret_ended" | "credential.secret_leaked" | "credential.suspended" | "credentials.revoked_all" | "credentials.swept";
        /** The `subject` of who did it. */
        readonly actor?: string;
        /** At this time or later. */
        readonly since?: string;
        /** Before this time. */
        readonly until?: string;
      };
      readonly answer: AuditEventPageBody;
    };
  };
  readonly "/v1/console-user": {
    /** Get the console user who asks */
    readonly GET: {
      readonly answer: ConsoleUserBody;
    };
  };
  readonly "/oauth/token": {
    /** Exchange client credentials for an access token */
    readonly POST: {
      readonly body: TokenForm;
      readonly answer: TokenResponse;
    };
  };
  readonly "/oauth/introspect": {
    /** Introspect a token */
    readonly POST: {
      readonly body: PresentedTokenForm;
      readonly answer: TokenState;
    };
  };
  readonly "/oauth/revoke": {
    /** Revoke an access token */
    readonly POST: {
      readonly body: PresentedTokenForm;
    };
  };
  readonly "/.well-known/oauth-authorization-server": {
    /** Get the metadata of the authorization server */
    readonly GET: {
      readonly answer: ServerMetadata;
    };
  };
  readonly "/.well-known/jwks.json": {
    /** Get the JWK Set */
    readonly GET: {
      readonly answer: JwkSet;
    };
  };
  readonly "/status-lists/{tenant_id}/{number}": {
    /** Get a status list */
    readonly GET: {
      readonly path: {
        readonly tenant_id: string;
        readonly number: string;
      };
      readonly answer: string;
    };
  };
  readonly "/status-lists": {
    /** List the status lists */
    readonly GET: {
      readonly answer: StatusListAggregation;
    };
  };
  readonly "/.well-known/openid-configuration": {
    /** Get the OpenID configuration */
    readonly GET: {
      readonly answer: ServerMetadata;
    };
  };
  readonly "/.well-known/oauth-protected-resource": {
    /** Get the metadata of a protected resource */
    readonly GET: {
      readonly answer: ProtectedResourceMetadata;
    };
  };
  readonly "/v1/whoami": {
    /** Show what an API learns of its client */
    readonly GET: {
      readonly answer: WhoamiBody;
    };
  };
  readonly "/leaked-secrets": {
    /** End a leaked secret */
    readonly POST: {
      readonly body: PresentedSecretForm;
    };
  };
  readonly "/leaked-secrets/github": {
    /** Report leaked secrets, for GitHub alone */
    readonly POST: {
      readonly body: ReadonlyArray<Match>;
      readonly answer: ReadonlyArray<Feedback>;
    };
  };
  readonly "/health": {
    /** Ask whether the service answers */
    readonly GET: {
      readonly answer: Health;
    };
  };
  readonly "/openapi.json": {
    /** Get this document */
    readonly GET: {
      readonly answer: Readonly<Record<string, unknown>>;
    };
  };
}
