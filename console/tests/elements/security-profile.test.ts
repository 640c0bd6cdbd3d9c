import { render } from "lit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { actionsFor } from "../../src/elements/credential-actions.js";
import type { CredentialRequest } from "../../src/api/types.js";
import "../../src/elements/create-form.js";
import { facts } from "../../src/elements/new-secret.js";
import { english } from "../../src/locales/localization.js";
import type { CreateForm } from "../../src/elements/create-form.js";
import { ADMIN, CREDENTIAL } from "../fixtures.js";

const PUBLIC_JWK = { kty: "EC", crv: "P-256", x: "x", y: "y" };

async function form(profile: "fapi2" | null) {
  const create = vi.fn(async (_wanted: CredentialRequest) => undefined);
  const element = document.createElement("acc-create-form") as CreateForm;
  Object.assign(element, {
    user: { ...ADMIN, security_profile: profile },
    metadata: async () => ({ token_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256"] }),
    create,
  });
  document.body.append(element);
  await element.updateComplete;
  const first = <T extends HTMLElement>(selector: string) => element.renderRoot.querySelector<T>(selector);
  return {
    create,
    first,
    async choose(selector: string, index = 0) {
      const input = element.renderRoot.querySelectorAll<HTMLInputElement>(selector)[index]!;
      input.checked = true;
      input.dispatchEvent(new Event("change"));
      await element.updateComplete;
    },
    async submit() {
      first<HTMLInputElement>("#name")!.value = "Held";
      first("#name")!.dispatchEvent(new InputEvent("input"));
      const keys = first("acc-key-input");
      if (keys) Object.assign(keys, { given: async () => ({ publicKeys: [PUBLIC_JWK], privateKey: "" }) });
      first("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
      await vi.waitFor(() => expect(create).toHaveBeenCalled());
      return create.mock.calls[0]![0];
    },
  };
}

const PROFILE = "[aria-describedby=security_profile-fault]";

afterEach(() => document.body.replaceChildren());

describe("where all credentials are held to a security profile", () => {
  it("a new one has a key: there is no secret and no profile to choose", async () => {
    const { first, submit } = await form("fapi2");
    expect(first("[name=authentication]")).toBeNull();
    expect(first(PROFILE)).toBeNull();
    const wanted = await submit();
    expect(wanted.jwks).toEqual({ keys: [PUBLIC_JWK] });
    expect(wanted.security_profile).toBeUndefined();
  });

  it("no new secret is offered for one that has a secret", () => {
    expect(actionsFor(CREDENTIAL, null)).toContain("rotate");
    expect(actionsFor(CREDENTIAL, "fapi2")).not.toContain("rotate");
  });
});

describe("a security profile of its own", () => {
  it("is offered for a key alone, and sent", async () => {
    const { first, choose, submit } = await form(null);
    expect(first(PROFILE)).toBeNull();
    await choose("[name=authentication]", 1);
    await choose(PROFILE);
    expect((await submit()).security_profile).toBe("fapi2");
  });

  it("is told where a credential has one", () => {
    const shown = document.createElement("dl");
    render(facts(english, { ...CREDENTIAL, security_profile: "fapi2" }), shown);
    expect(shown.textContent).toContain("FAPI 2.0");
  });

  it("is not sent once a secret was chosen after all", async () => {
    const { choose, submit } = await form(null);
    await choose("[name=authentication]", 1);
    await choose(PROFILE);
    await choose("[name=authentication]", 0);
    expect((await submit()).security_profile).toBeUndefined();
  });
});
