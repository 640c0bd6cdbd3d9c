import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { decodeJwt, type DecodedJwt } from "../format/jwt.js";
import type { AccessToken } from "../api/types.js";
import { keySnippets, type KeyUse } from "../format/key-snippets.js";
import { SNIPPETS, filled, type Snippet } from "../format/snippets.js";
import { customElement } from "./define.js";
import { Localized } from "./localized.js";
import { controls, tokens } from "./styles.js";
import "./copy-field.js";
import "./notice.js";

/** How a program uses the credential, and a test that really exchanges it. It is given a way to exchange, never the secret. */
@customElement("acc-use-it")
export class UseIt extends LitElement {
  @property({ attribute: false }) clientId = "";
  @property({ attribute: false }) tokenEndpoint = "";
  /** Without it nothing is tested. */
  @property({ attribute: false }) exchange?: () => Promise<AccessToken>;
  /** Where the client has a key of its own, and no secret. */
  @property({ attribute: false }) keyUse: KeyUse | null = null;
  /** What the element around it says of the snippets, which it is asked for by `acc-use-it`. */
  @property({ attribute: false }) snippets: readonly Snippet[] = SNIPPETS;
  @property({ attribute: false }) apiUrl = "";
  @state() private chosen = "curl";
  @state() private busy = false;
  /** Only what is shown of the access token; the token itself is dropped once it is decoded. */
  @state() private lifetime = 0;
  @state() private decoded: DecodedJwt | null = null;
  @state() private failure: unknown = null;
  private readonly localized = new Localized(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.dispatchEvent(new CustomEvent<UseIt>("acc-use-it", { detail: this, bubbles: true, composed: true }));
  }

  override render() {
    const { t } = this.localized;
    const { keyUse } = this;
    const values = { token_endpoint: this.tokenEndpoint, client_id: this.clientId, api_url: this.apiUrl };
    const offered = (keyUse ? keySnippets(keyUse) : this.snippets).map((one) => ({ label: one.label, code: filled(one, values) }));
    const snippet = offered.find(({ label }) => label === this.chosen) ?? offered[0];
    return html`<section aria-labelledby="title">
      <h3 id="title">${t("useIt.title")}</h3>
      <p class="muted">${t(keyUse ? "useIt.keyIntroduction" : "useIt.introduction")}</p>
      <div class="languages" role="radiogroup" aria-label=${t("useIt.languages")}>
        ${offered.map(
          (one) =>
            html`<label
              ><input
                type="radio"
                name="language"
                .checked=${one === snippet}
                @change=${() => (this.chosen = one.label)}
              /><span>${one.label}</span></label
            >`,
        )}
      </div>
      ${snippet ? html`<acc-copy block code what=${t("useIt.code", { language: snippet.label })}>${snippet.code}</acc-copy>` : nothing}
      ${this.exchange ? this.renderTest() : nothing}
    </section>`;
  }

  private renderTest() {
    const { t } = this.localized;
    return html`<div class="test">
        <button type="button" aria-disabled=${this.busy} @click=${this.test}>
          ${this.busy ? t("useIt.testing") : t("useIt.test")}
        </button>
        <span class="muted">${t("useIt.testHint")}</span>
      </div>
      <div role="status">
        ${this.decoded ? html`<p class="passed">${t("useIt.passed", { count: this.lifetime })}</p>` : nothing}
      </div>
      <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
      ${this.decoded ? this.renderToken(this.decoded) : nothing}`;
  }

  private renderToken(decoded: DecodedJwt) {
    const { t } = this.localized;
    return html`<div class="token">
      <h4>${t("useIt.header")}</h4>
      <pre tabindex="0" role="region" aria-label=${t("useIt.header")}>${JSON.stringify(decoded.header, null, 2)}</pre>
      <h4>${t("useIt.claims")}</h4>
      <pre tabindex="0" role="region" aria-label=${t("useIt.claims")}>${JSON.stringify(decoded.claims, null, 2)}</pre>
    </div>`;
  }

  private async test(): Promise<void> {
    if (this.busy || !this.exchange) return;
    this.busy = true;
    this.failure = this.decoded = null;
    try {
      const token = await this.exchange();
      this.lifetime = token.expires_in;
      this.decoded = decodeJwt(token.access_token);
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  static override styles = [
    tokens,
    controls,
    css`
      h3 {
        font-size: 1.0714em;
      }
      h4 {
        margin: 0.75rem 0 0.25rem;
        color: var(--_muted);
        font-size: 0.9286em;
        font-weight: 500;
      }
      .languages {
        display: inline-flex;
        flex-wrap: wrap;
        margin-block: 0.75rem 0.5rem;
        padding: 2px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_sunken);
      }
      .languages label {
        position: relative;
        cursor: pointer;
      }
      .languages input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .languages span {
        display: block;
        padding: 0.25rem 0.75rem;
        border-radius: calc(var(--_radius) - 3px);
        color: var(--_muted);
      }
      .languages input:checked + span {
        background: var(--_raised);
        color: var(--_text);
        box-shadow: 0 0 0 1px var(--_control);
      }
      @media (forced-colors: active) {
        .languages input:checked + span {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
      }
      .languages input:focus-visible + span {
        outline: 2px solid var(--_accent);
        outline-offset: 2px;
      }
      .test {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 0.75rem;
        margin-block: 1rem 0.5rem;
      }
      .passed {
        color: var(--_success);
        font-weight: 500;
      }
      pre {
        padding: 0.625rem 0.75rem;
        overflow-x: auto;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_sunken);
        font: 0.9286em / 1.5 var(--_mono);
      }
    `,
  ];
}
