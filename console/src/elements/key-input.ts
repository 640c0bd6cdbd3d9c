import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Jwk, ServerMetadata } from "../api/types.js";
import { PrivateKeyPasted, makeKeyPair, makeable, readPublicKeys } from "../format/public-keys.js";
import { customElement } from "./define.js";
import { forms } from "./credential-fields.js";
import { Localized } from "./localized.js";
import { controls, panels, tokens } from "./styles.js";
import "./notice.js";

/** Public keys to send, and the private half of one that was made here. */
export interface GivenKeys {
  readonly publicKeys: readonly Jwk[];
  /** In PEM; empty where the keys were pasted. */
  readonly privateKey: string;
}

/** A key pair that is made here, or a public key that somebody pastes. What it was given, `given` answers. */
@customElement("acc-key-input")
export class KeyInput extends LitElement {
  /** Says which algorithms the service takes. */
  @property({ attribute: false }) metadata!: () => Promise<ServerMetadata>;
  @state() private algorithms: readonly string[] = [];
  @state() private make = true;
  @state() private algorithm = "";
  @state() private pasted = "";
  @state() private fault: "keys.private" | "keys.none" | null = null;
  @state() private failure: unknown = null;
  private readonly localized = new Localized(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  private async read(): Promise<void> {
    this.failure = null;
    try {
      this.algorithms = (await this.metadata()).token_endpoint_auth_signing_alg_values_supported;
    } catch (failure) {
      this.failure = failure;
    }
  }

  /** Tells two inputs apart. */
  get fingerprint(): string {
    return this.make ? this.chosenAlgorithm : this.pasted;
  }

  private get chosenAlgorithm(): string {
    return this.algorithm || (makeable(this.algorithms)[0] ?? "");
  }

  /** The keys; null where there are none, which is then said. A private key that was pasted is forgotten. */
  async given(): Promise<GivenKeys | null> {
    this.fault = null;
    try {
      if (this.make && this.chosenAlgorithm) {
        const { publicKey, privateKey } = await makeKeyPair(this.chosenAlgorithm);
        return { publicKeys: [publicKey], privateKey };
      }
      return { publicKeys: await readPublicKeys(this.pasted), privateKey: "" };
    } catch (failure) {
      this.fault = failure instanceof PrivateKeyPasted ? "keys.private" : "keys.none";
      if (this.fault === "keys.private") this.pasted = "";
      await this.updateComplete;
      this.renderRoot.querySelector("textarea")?.focus();
      return null;
    }
  }

  override render() {
    const { t } = this.localized;
    const offered = makeable(this.algorithms);
    const make = this.make && (offered.length > 0 || !this.algorithms.length);
    return html`<acc-notice .failure=${this.failure} retryable ?hidden=${!this.failure} @acc-retry=${this.read}></acc-notice>
      <div class="field" role="radiogroup" aria-label=${t("keys.where")}>
        ${([true, false] as const).map(
          (made) =>
            html`<label class="choice">
              <input type="radio" name="where" .checked=${make === made} ?disabled=${made && !offered.length} @change=${() => (this.make = made)} />
              <span>${t(made ? "keys.make" : "keys.paste")}</span>
            </label>`,
        )}
      </div>
      ${make
        ? html`<label for="algorithm">${t("keys.algorithm")}</label>
            <select id="algorithm" @change=${({ target }: Event) => (this.algorithm = (target as HTMLSelectElement).value)}>
              ${offered.map((one) => html`<option .selected=${one === this.chosenAlgorithm}>${one}</option>`)}
            </select>
            <p class="hint">${t("keys.makeHint")}</p>`
        : html`<label for="pasted">${t("keys.pasted")}</label>
            <textarea
              id="pasted"
              class="mono"
              rows="5"
              spellcheck="false"
              autocomplete="off"
              .value=${this.pasted}
              aria-describedby="pasted-hint pasted-fault"
              aria-invalid=${this.fault !== null}
              @input=${this.typed}
            ></textarea>
            <p class="hint" id="pasted-hint">${t("keys.pastedHint", { algorithms: this.algorithms.join(", ") })}</p>`}
      <p class="fault" id="pasted-fault" role="alert" ?hidden=${!this.fault}>${this.fault ? t(this.fault) : nothing}</p>`;
  }

  /** A private key is seen, and forgotten, as soon as it is pasted. */
  private typed({ target }: Event): void {
    const area = target as HTMLTextAreaElement;
    this.pasted = area.value;
    // What is said of a private key stays while nothing else is there.
    if (this.pasted) this.fault = null;
    void readPublicKeys(area.value).catch((failure: unknown) => {
      if (!(failure instanceof PrivateKeyPasted)) return;
      this.pasted = area.value = "";
      this.fault = "keys.private";
    });
  }

  static override styles = [
    tokens,
    controls,
    panels,
    forms,
    css`
      :host {
        display: block;
      }
      label[for] {
        display: block;
        margin-block: 0.75rem 0.375rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    "acc-key-input": KeyInput;
  }
}
