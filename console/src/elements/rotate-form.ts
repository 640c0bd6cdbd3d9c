import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { MadeBefore, outcomeUnknown } from "../api/failures.js";
import { Attempts } from "../api/idempotency-key.js";
import type { CreatedCredential, Credential } from "../api/types.js";
import { forms } from "./credential-fields.js";
import { customElement } from "./define.js";
import { warningIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { showFailure } from "./notice.js";
import { validSecrets } from "./secret-list.js";
import { controls, panels, tokens } from "./styles.js";

/** Seconds; `open`: until somebody ends it. */
const OVERLAPS = ["0", "3600", "86400", "604800", "2592000", "open"] as const;
type Overlap = (typeof OVERLAPS)[number];

/** Asks how long the old Token Secret stays valid beside the new one. Fires `acc-cancel`. */
@customElement("acc-rotate-form")
export class RotateForm extends LitElement {
  @property({ attribute: false }) credential!: Credential;
  @property({ attribute: false }) add!: (overlapSeconds: number | null, key: string) => Promise<CreatedCredential>;
  /** Instead of a secret that was made, and never seen. */
  @property({ attribute: false }) replace!: (lost: string, overlapSeconds: number | null, key: string) => Promise<CreatedCredential>;
  /** Is given what was made; a Token Secret is in it. */
  @property({ attribute: false }) made!: (created: CreatedCredential) => void;
  /** Hears whether an answer with a secret is under way. */
  @property({ attribute: false }) waiting!: (busy: boolean) => void;
  @state() private busy = false;
  @state() private overlap: Overlap = "86400";
  @state() private failure: unknown = null;
  /** The secret_id of what was made under an answer that got lost. */
  @state() private lost = "";
  /** Two are valid already, as it was when this was asked. */
  private crowded = false;
  private readonly localized = new Localized(this);
  private readonly attempts = new Attempts<number | null>();

  override render() {
    const { t } = this.localized;
    const { crowded } = this;
    return html`<form novalidate @submit=${this.submit}>
      <div class="content">
        <p>${t("rotate.text")}</p>
        ${this.lost
          ? html`<p class="warning caution">${warningIcon}<span>${t("rotate.lost")}</span></p>`
          : html`<fieldset class="field">
              <legend>${t("rotate.overlap")}</legend>
              ${crowded ? html`<p class="hint">${t("rotate.crowded")}</p>` : nothing}
              ${OVERLAPS.filter((seconds) => !crowded || seconds === "0").map(
                (seconds) =>
                  html`<label class="choice">
                    <input
                      type="radio"
                      name="overlap"
                      .checked=${seconds === this.overlap}
                      @change=${() => (this.overlap = seconds)}
                    />
                    <span>${t(`rotate.overlap.${seconds}`)}</span>
                  </label>`,
              )}
            </fieldset>`}
        <acc-notice .failure=${this.failure} ?hidden=${!this.failure}></acc-notice>
        ${this.attempts.inDoubt ? html`<p class="warning caution">${warningIcon}<span>${t("rotate.doubt")}</span></p>` : nothing}
      </div>
      <footer>
        <button type="button" @click=${() => this.busy || this.dispatchEvent(new CustomEvent("acc-cancel"))}>${t("cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.busy}>
          ${this.busy ? t("rotate.busy") : this.lost ? t("rotate.another") : this.attempts.inDoubt ? t("retry") : t("rotate.submit")}
        </button>
      </footer>
    </form>`;
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.crowded = validSecrets(this.credential).length > 1;
    if (this.crowded) this.overlap = "0";
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>("input:checked")?.focus();
  }

  private async submit(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    this.waiting(true);
    const overlap = this.overlap === "open" ? null : Number(this.overlap);
    try {
      const { wanted, key } = await this.attempts.next(`${this.lost} ${overlap}`, () => overlap);
      this.made(await (this.lost ? this.replace(this.lost, wanted, key) : this.add(wanted, key)));
    } catch (failure) {
      if (failure instanceof MadeBefore) {
        this.lost = failure.secretId;
        this.attempts.startAnew();
      } else {
        this.failure = failure;
        this.attempts.inDoubt ||= outcomeUnknown(failure);
      }
      await showFailure(this);
    } finally {
      this.busy = false;
      this.waiting(false);
    }
  }

  static override styles = [
    tokens,
    controls,
    panels,
    forms,
    css`
      .choice {
        align-items: center;
      }
    `,
  ];
}
