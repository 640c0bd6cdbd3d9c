import { afterEach, describe, expect, it } from "vitest";
import "../../src/elements/audit-trail.js";
import type { AuditTrail } from "../../src/elements/audit-trail.js";
import { confirmRevoke } from "../../src/elements/confirmations.js";
import "../../src/elements/credential-table.js";
import type { CredentialTable } from "../../src/elements/credential-table.js";
import { english } from "../../src/locales/localization.js";
import { CREDENTIAL, credential } from "../fixtures.js";

const DECEIVER = { subject: "eve", name: "Ada\u200B Admin\u202E", type: "console_user" } as const;
const SHOWN = "Ada⟨U+200B⟩ Admin⟨U+202E⟩";

afterEach(() => document.body.replaceChildren());

async function shown<T extends CredentialTable | AuditTrail>(element: T): Promise<string> {
  document.body.append(element);
  await element.updateComplete;
  return element.renderRoot.textContent ?? "";
}

describe("a name that deceives", () => {
  it("is seen through in the table", async () => {
    const table = document.createElement("acc-credential-table") as CredentialTable;
    const revoked = { status: "revoked", revoked_at: CREDENTIAL.created_at, revoked_by: DECEIVER } as const;
    table.credentials = [credential(1, { name: "\u3164", created_by: DECEIVER, ...revoked })];
    const text = await shown(table);
    expect(text).toContain("⟨U+3164⟩");
    expect(text.split(SHOWN)).toHaveLength(3);
    expect(text).not.toMatch(/[\u200B\u202E\u3164]/);
  });

  it("is seen through in the audit trail", async () => {
    const trail = document.createElement("acc-audit-trail") as AuditTrail;
    const details = { name: "x\u00ADy" };
    trail.events = [
      {
        event_id: "1",
        at: CREDENTIAL.created_at,
        action: "credential.created",
        actor: DECEIVER,
        client_id: CREDENTIAL.client_id,
        source_ip: "192.0.2.1",
        request_id: "r",
        outcome: "success",
        details,
      },
    ];
    const text = await shown(trail);
    expect(text).toContain(SHOWN);
    expect(text).toContain("Generated “x⟨U+00AD⟩y”");
  });

  it("is seen through before it is revoked", () => {
    const { words } = confirmRevoke(credential(1, { name: "x\u200By" }), () => Promise.resolve());
    expect(words(english.t).title).toBe("Revoke “x⟨U+200B⟩y”?");
  });
});
