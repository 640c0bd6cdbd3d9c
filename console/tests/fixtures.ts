import type { ConsoleUser, Credential } from "../src/api/types.js";

export const CREDENTIAL: Credential = {
  client_id: "acc_0123456789",
  name: "Invoice export",
  description: null,
  allowed_addresses: null,
  status: "active",
  scopes: ["orders:read"],
  created_by: { subject: "ada", name: "Ada Admin", type: "console_user" },
  created_at: "2026-11-24T12:00:00Z",
  expires_at: null,
  revoked_by: null,
  suspended_by: null,
  suspended_at: null,
  revoked_at: null,
  revocation_id: null,
  last_used_at: null,
  last_used_from: null,
  secrets: [
    {
      secret_id: "7f3k",
      hint: "x9Qz",
      created_at: "2026-11-24T12:00:00Z",
      expires_at: null,
      last_used_at: null,
      last_used_from: null,
    },
  ],
  keys: [],
  token_endpoint_auth_method: null,
  jwks: null,
  security_profile: null,
};

export const ADMIN: ConsoleUser = {
  subject: "ada",
  name: "Ada Admin",
  roles: ["admin"],
  scopes: [
    { name: "orders:read", description: "Read orders" },
    { name: "orders:write", description: "Change orders" },
  ],
  default_scopes: ["orders:read"],
  active_credentials: 1,
  security_profile: null,
};

export function credential(number: number, change: Partial<Credential> = {}): Credential {
  return { ...CREDENTIAL, client_id: `acc_${number}`, name: `Program ${number}`, ...change };
}

export function json(content: unknown, statusCode = 200): Response {
  return new Response(JSON.stringify(content), { status: statusCode, headers: { "Content-Type": "application/json" } });
}
