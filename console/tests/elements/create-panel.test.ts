import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, SignInExpired, Unreachable } from "../../src/api/failures.js";
import type { CreatedCredential, CredentialRequest } from "../../src/api/types.js";
import { CreatePanel } from "../../src/elements/create-panel.js";
import { ShownOnce } from "../../src/elements/shown-once.js";
import { ADMIN, CREDENTIAL } from "../fixtures.js";

const CREATED: CreatedCredential = { ...CREDENTIAL, client_secret: "accs_secret" };

async function opened(create: (wanted: CredentialRequest) => Promise<CreatedCredential>) {
  const panel = document.createElement("acc-create-panel") as CreatePanel;
  panel.user = ADMIN;
  panel.create = create;
  document.body.append(panel);
  await panel.updateComplete;
  await panel.open();
  /** In the panel, else in the form that it shows. */
  function element<T extends HTMLElement>(selector: string): T {
    const form = panel.renderRoot.querySelector("acc-create-form");
    return panel.renderRoot.querySelector<T>(selector) ?? form!.shadowRoot!.querySelector<T>(selector)!;
  }
  return {
    panel,
    element,
    text: () => element("dialog").textContent ?? "",
    type(tokenName: string) {
      element<HTMLInputElement>("#name").value = tokenName;
      element("#name").dispatchEvent(new InputEvent("input"));
    },
    submit: () => element("form").dispatchEvent(new Event("submit", { cancelable: true })),
    settled: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await panel.updateComplete;
    },
  };
}

/** The texts that the panel holds, itself or in what it has to hold them. */
function held(panel: CreatePanel): string {
  const own: unknown[] = Reflect.ownKeys(panel).map((key) => Reflect.get(panel, key));
  return own.map((value) => (value instanceof ShownOnce ? value.text : String(value))).join(" ");
}

afterEach(() => document.body.replaceChildren());

describe("the side panel", () => {
  it("asks for one credential when the button is clicked twice", async () => {
    const create = vi.fn(() => new Promise<CreatedCredential>(() => undefined));
    const { type, submit, settled } = await opened(create);
    type("Invoice export");
    submit();
    submit();
    await settled();
    submit();
    await settled();
    expect(create).toHaveBeenCalledTimes(1);
  });

  it("sends the default scopes and no expiry unless told otherwise", async () => {
    const create = vi.fn(async () => CREATED);
    const { type, submit, settled } = await opened(create);
    type("  Invoice export ");
    submit();
    await settled();
    expect(create).toHaveBeenCalledWith({ name: "Invoice export", scopes: ["orders:read"] }, expect.any(String));
  });

  it("does not ask for a credential without a name", async () => {
    const create = vi.fn(async () => CREATED);
    const { type, submit, settled, element } = await opened(create);
    type("   ");
    submit();
    await settled();
    expect(create).not.toHaveBeenCalled();
    expect(element("#name").getAttribute("aria-invalid")).toBe("true");
  });

  it("keeps what was typed when the service refuses, and shows the fault at its field", async () => {
    const problem = new ApiProblem(400, "The request is not valid", "", "r-1", [
      { pointer: "/name", detail: "must not contain control characters" },
    ]);
    const { type, submit, settled, element } = await opened(() => Promise.reject(problem));
    type("Invoice export");
    submit();
    await settled();
    expect(element<HTMLInputElement>("#name").value).toBe("Invoice export");
    expect(element("#name-fault").textContent).toBe("must not contain control characters");
  });

  it("warns that a credential may exist when no answer came", async () => {
    const { panel, type, submit, settled, element } = await opened(() => Promise.reject(new Unreachable()));
    const doubted = vi.fn();
    panel.addEventListener("acc-doubt", doubted);
    type("Invoice export");
    submit();
    await settled();
    expect(element(".caution").textContent).toContain("may exist already");
    expect(doubted).toHaveBeenCalledOnce();
  });

  it("keeps what was typed over a new sign-in", async () => {
    const { panel, type, submit, settled, element } = await opened(() => Promise.reject(new SignInExpired()));
    type("Invoice export");
    submit();
    await settled();
    expect(element("acc-notice").hidden).toBe(false);
    panel.signedIn();
    await settled();
    expect(element("acc-notice").hidden).toBe(true);
    expect(element<HTMLInputElement>("#name").value).toBe("Invoice export");
  });

  it("shows the secret once and has no trace of it after it closes", async () => {
    const { panel, element, type, submit, settled } = await opened(async () => CREATED);
    type("Invoice export");
    submit();
    await settled();
    expect(element(".secret acc-copy").textContent).toBe("accs_secret");
    expect(held(panel)).toContain("accs_secret");
    element(".secret acc-copy").dispatchEvent(new CustomEvent("acc-copied"));
    element<HTMLDialogElement>("dialog").close();
    await settled();
    expect((panel.renderRoot as ShadowRoot).innerHTML).not.toContain("accs_secret");
    expect(held(panel)).not.toContain("accs_secret");
  });

  it("asks before it closes on a secret that nobody has copied", async () => {
    const { element, text, type, submit, settled } = await opened(async () => CREATED);
    type("Invoice export");
    submit();
    await settled();
    element("footer button").click();
    await settled();
    expect(element<HTMLDialogElement>("dialog").open).toBe(true);
    expect(text()).toContain("You have not copied the Token Secret");
  });
});
