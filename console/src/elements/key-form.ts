import { LitElement, html } from "lit";
import { property, query, state } from "lit/decorators.js";
import { ApiProblem } from "../api/failures.js";
import type { Jwk, ServerMetadata } from "../api/types.js";
import { forms } from "./credential-fields.js";
import { customElement } from "./define.js";
import type { GivenKeys, KeyInput } from "./key-input.js";
import { Localized } from "./localized.js";
import { showFailure } from "./notice.js";
import { controls, panels, tokens } from "./styles.js";
import "./key-input.js";

/** Adds a key to a credential. Fires `acc-cancel`. */
@customElement("acc-key-form")
export class KeyForm extends LitElement {
  @property({ attribute: false }) metadata!: () => Promise<ServerMetadata>;
  @property({ attribute: false }) add!: (jwk: Jwk) => Promise<void>;
  @property({ attribute: false }) added!: (keys: GivenKeys) => void;
  @property({ attribute: false }) waiting!: (busy: boolean) => void;
  @state() private busy = false;
  @state() private failure: unknown = null;
  @state() private fault = "";
  /** What was tried last: tried again, it is the same key. */
  private last: { readonly choices: string; readonly keys: GivenKeys } | null = null;
  private readonly localized = new Localized(this);
  @query("acc-key-input") private keyInput!: KeyInput;

  override render() {
    const { t } = this.localized;
    return html`<form novalidate @submit=${this.submit}>
      <div class="content">
        <acc-key-input .metadata=${this.metadata}></acc-key-input>
        <p class="fault" role="alert" ?hidden=${!this.fault}>${this.fault}</p>
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
      </div>
      <footer>
        <button type="button" @click=${() => this.busy || this.dispatchEvent(new CustomEvent("acc-cancel"))}>${t("cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>${t(this.busy ? "keys.adding" : "action.addKey")}</button>
      </footer>
    </form>`;
  }

  private async submit(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    this.fault = "";
    this.waiting(true);
    try {
      const choices = this.keyInput.fingerprint;
      const keys = this.last?.choices === choices ? this.last.keys : await this.keyInput.given();
      if (!keys) return;
      this.last = { choices, keys };
      for (const jwk of keys.publicKeys) await this.add(jwk);
      this.added(keys);
    } catch (failure) {
      const faults = failure instanceof ApiProblem ? failure.faults : [];
      this.fault = faults.map(({ pointer, detail }) => `${pointer.split("/").at(-1)} ${detail}`).join(" ");
      if (!faults.length) this.failure = failure;
      await showFailure(this);
    } finally {
      this.busy = false;
      this.waiting(false);
    }
  }

  static override styles = [tokens, controls, panels, forms];
}
