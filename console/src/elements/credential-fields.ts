import { css, html, nothing, type ReactiveControllerHost } from "lit";
import { ApiProblem } from "../api/failures.js";
import type { ConsoleUser, Credential } from "../api/types.js";
import { dayOf, daysFrom, endOf, timestampOf } from "../format/dates.js";
import type { Localization } from "../locales/localization.js";
import type { Localized } from "./localized.js";

const EXPIRIES = ["never", "30", "90", "365", "date"] as const;
type Expiry = (typeof EXPIRIES)[number] | "unchanged";

export type Field = "name" | "description" | "scopes" | "expires_at" | "allowed_addresses" | "security_profile";
export const FIELDS: readonly Field[] = ["name", "description", "scopes", "expires_at", "allowed_addresses", "security_profile"];

/** What a person chooses of a credential, as the service takes it. */
export interface Chosen {
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  /** Undefined: as it was. */
  readonly expires_at: string | null | undefined;
  readonly allowed_addresses: readonly string[] | null;
  readonly security_profile: Credential["security_profile"];
}

const NAME_LENGTH = 100;

/** The fields that a new credential and an edited one have in common, within the host's form, and what is wrong with them. */
export class CredentialFields {
  /** Somebody has typed or chosen something. */
  touched = false;
  faults: Readonly<Record<string, string>> = {};
  private name = "";
  private description = "";
  private offered: ConsoleUser["scopes"] = [];
  private scopes: ReadonlySet<string> = new Set();
  private expiry: Expiry = "never";
  private endsAt: string | null = null;
  private lastDay = "";
  private addresses = "";
  private profile: Credential["security_profile"] = null;

  constructor(
    private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode },
    private readonly localized: Localized,
  ) {}

  /**
   * Shows what `from` has, but for the fields to keep as they were typed. Scopes that a credential has and that nobody can give any more are
   * there to be taken away.
   */
  start(
    offered: ConsoleUser["scopes"],
    from: Pick<Credential, "scopes"> & Partial<Credential>,
    keep: ReadonlySet<Field> = new Set(),
  ): void {
    const others = from.scopes.filter((own) => !offered.some((scope) => scope.name === own));
    this.offered = [...offered, ...others.map((own) => ({ name: own, description: "" }))];
    this.endsAt = from.expires_at ?? null;
    if (!keep.has("name")) this.name = from.name ?? "";
    if (!keep.has("description")) this.description = from.description ?? "";
    if (!keep.has("scopes")) this.scopes = new Set(from.scopes);
    if (!keep.has("expires_at")) this.expiry = this.endsAt ? "unchanged" : "never";
    if (!keep.has("allowed_addresses")) this.addresses = from.allowed_addresses?.join("\n") ?? "";
    if (!keep.has("security_profile")) this.profile = from.security_profile ?? null;
  }

  /** Tells two states of the form apart. */
  get fingerprint(): string {
    return JSON.stringify([this.name, this.description, [...this.scopes], this.expiry, this.lastDay, this.addresses, this.profile]);
  }

  private get blocks(): readonly string[] {
    return this.addresses.split(/[\s,;]+/).filter(Boolean);
  }

  get chosen(): Chosen {
    const addresses = this.blocks;
    return {
      // As the service wants it: what a person types or pastes may be composed in another way.
      name: this.name.trim().normalize("NFC"),
      description: this.description.trim().normalize("NFC") || null,
      scopes: this.offered.map((scope) => scope.name).filter((scope) => this.scopes.has(scope)),
      expires_at: this.expiry === "unchanged" ? undefined : this.expiry === "never" ? null : timestampOf(this.end()),
      allowed_addresses: addresses.length ? addresses : null,
      security_profile: this.profile,
    };
  }

  private end(): Date {
    return this.expiry === "date" ? endOf(this.lastDay) : daysFrom(new Date(), Number(this.expiry));
  }

  /** Whether all is well as far as can be told here. If not, says at each field what is wrong, and moves to the first. */
  async check(): Promise<boolean> {
    const { t } = this.localized;
    const faults: Record<string, string> = {};
    if (!this.name.trim()) faults["name"] = t("create.nameMissing");
    else if ([...this.name.trim()].length > NAME_LENGTH) faults["name"] = t("create.nameTooLong", { most: NAME_LENGTH });
    if (this.expiry === "date" && !(this.lastDay >= dayOf(new Date()))) faults["expires_at"] = t("create.expiryDateMissing");
    return !(await this.show(faults));
  }

  /** Shows the service's faults at their fields; answers whether there are any. */
  refused(failure: unknown): Promise<boolean> {
    const faults: Record<string, string> = {};
    for (const { pointer, detail } of failure instanceof ApiProblem ? failure.faults : []) {
      const [, field = "", index = ""] = pointer.split("/");
      const which = this.blocks[Number(index)];
      const words = field === "allowed_addresses" && index && which ? `${which}: ${detail}` : detail;
      faults[field] = faults[field] ? `${faults[field]} ${words}` : words;
    }
    return this.show(faults);
  }

  private async show(faults: Readonly<Record<string, string>>): Promise<boolean> {
    this.faults = faults;
    this.host.requestUpdate();
    await this.host.updateComplete;
    const wrong = this.host.renderRoot.querySelector<HTMLElement>(".fault:not([hidden])");
    const field = wrong?.closest(".field")?.querySelector<HTMLElement>("input, textarea, select, acc-key-input");
    field?.focus();
    return wrong !== null && wrong !== undefined;
  }

  focusName(): void {
    this.host.renderRoot.querySelector<HTMLElement>("#name")?.focus();
  }

  render() {
    const { t } = this.localized;
    return html`<div class="field">
        <label for="name">${t("create.name")}</label>
        <input
          id="name"
          autocomplete="off"
          .value=${this.name}
          aria-describedby="name-hint name-fault"
          aria-invalid=${"name" in this.faults}
          aria-required="true"
          @input=${this.typed((text) => (this.name = text))}
        />
        <p class="hint" id="name-hint">${t("create.nameHint")}</p>
        ${this.renderFault("name")}
      </div>
      <div class="field">
        <label for="description">${t("create.description")}</label>
        <input
          id="description"
          autocomplete="off"
          .value=${this.description}
          aria-describedby="description-fault"
          aria-invalid=${"description" in this.faults}
          @input=${this.typed((text) => (this.description = text))}
        />
        ${this.renderFault("description")}
      </div>
      ${this.offered.length ? this.renderScopes() : nothing} ${this.renderExpiry()}
      <div class="field">
        <label for="allowed_addresses">${t("create.addresses")}</label>
        <textarea
          id="allowed_addresses"
          rows="2"
          spellcheck="false"
          .value=${this.addresses}
          aria-describedby="addresses-hint allowed_addresses-fault"
          aria-invalid=${"allowed_addresses" in this.faults}
          @input=${this.typed((text) => (this.addresses = text))}
        ></textarea>
        <p class="hint" id="addresses-hint">${t("create.addressesHint")}</p>
        ${this.renderFault("allowed_addresses")}
      </div>`;
  }

  private renderScopes() {
    const { t } = this.localized;
    return html`<fieldset class="field" aria-describedby="scopes-hint scopes-fault">
      <legend>${t("create.scopes")}</legend>
      <p class="hint" id="scopes-hint">${t("create.scopesHint")}</p>
      ${this.offered.map(
        (scope) =>
          html`<label class="choice">
            <input
              type="checkbox"
              .checked=${this.scopes.has(scope.name)}
              @change=${({ target }: Event) => this.tickScope(scope.name, (target as HTMLInputElement).checked)}
            />
            <span><span class="mono">${scope.name}</span><span class="hint">${scope.description}</span></span>
          </label>`,
      )}
      ${this.renderFault("scopes")}
    </fieldset>`;
  }

  private renderExpiry() {
    const { t, localization } = this.localized;
    const dated = this.expiry === "date";
    return html`<div class="field">
        <label for="expiry">${t("create.expiry")}</label>
        <select id="expiry" @change=${this.typed((expiry) => (this.expiry = expiry as Expiry))}>
          ${this.endsAt
            ? html`<option value="unchanged" .selected=${this.expiry === "unchanged"}>${localization.dateAndTime(this.endsAt)}</option>`
            : nothing}
          ${EXPIRIES.map(
            (expiry) => html`<option value=${expiry} .selected=${expiry === this.expiry}>${t(`create.expiry.${expiry}`)}</option>`,
          )}
        </select>
        ${dated ? nothing : this.renderFault("expires_at")}
      </div>
      ${dated
        ? html`<div class="field">
            <label for="expires_at">${t("create.expiryDate")}</label>
            <input
              id="expires_at"
              type="date"
              min=${dayOf(new Date())}
              .value=${this.lastDay}
              aria-describedby="date-hint expires_at-fault"
              aria-invalid=${"expires_at" in this.faults}
              @input=${this.typed((day) => (this.lastDay = day))}
            />
            <p class="hint" id="date-hint">${t("create.expiryDateHint")}</p>
            ${this.renderFault("expires_at")}
          </div>`
        : nothing}`;
  }

  /** For a client with keys of its own. */
  renderProfile() {
    return html`<div class="field">
      <label class="choice">
        <input
          type="checkbox"
          .checked=${this.profile !== null}
          aria-describedby="security_profile-fault"
          @change=${({ target }: Event) => this.hold((target as HTMLInputElement).checked)}
        />
        <span>${this.localized.t("profile.hold")}</span>
      </label>
      ${this.renderFault("security_profile")}
    </div>`;
  }

  private hold(held: boolean): void {
    this.touched = true;
    this.profile = held ? "fapi2" : null;
    this.host.requestUpdate();
  }

  renderFault(field: string) {
    return html`<p class="fault" id="${field}-fault" ?hidden=${!(field in this.faults)}>${this.faults[field]}</p>`;
  }

  private typed(take: (text: string) => void) {
    return ({ target }: Event): void => {
      this.touched = true;
      take((target as HTMLInputElement).value);
      this.host.requestUpdate();
    };
  }

  private tickScope(scope: string, ticked: boolean): void {
    this.touched = true;
    const scopes = new Set(this.scopes);
    if (ticked) scopes.add(scope);
    else scopes.delete(scope);
    this.scopes = scopes;
    this.host.requestUpdate();
  }
}

type Value = string | readonly string[] | null | undefined;

/** Lists are the same in any order. */
export function isSame(one: Value, other: Value): boolean {
  const plain = (value: Value) => (Array.isArray(value) ? value.toSorted().join(" ") : value);
  return plain(one) === plain(other);
}

/** How a field was and how it is now. */
export function fieldInWords({ t, dateAndTime }: Localization, field: Field, before: Credential, now: Credential): string {
  const labels: Record<Field, string> = {
    name: t("create.name"),
    description: t("create.description"),
    scopes: t("create.scopes"),
    expires_at: t("create.expiry"),
    allowed_addresses: t("create.addresses"),
    security_profile: t("profile"),
  };
  const said = ({ [field]: value }: Credential): string =>
    typeof value !== "string" ? value?.join(", ") || "–" : field === "expires_at" ? dateAndTime(value) : value;
  return t("edit.change", { field: labels[field], before: said(before), now: said(now) });
}

/** Of a form in a panel: its content scrolls, its footer stays. */
export const forms = css`
  :host,
  form {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  label,
  legend {
    padding: 0;
    font-weight: 600;
  }
  .field > label {
    display: block;
    margin-block-end: 0.375rem;
  }
  .fault {
    margin-block-start: 0.25rem;
    color: var(--_danger);
    overflow-wrap: anywhere;
  }
  .field > .choice {
    display: flex;
    gap: 0.625rem;
    margin-block: 0.75rem 0;
    font-weight: 400;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    min-block-size: 0;
    margin: 0.125rem 0 0;
    accent-color: var(--_accent);
  }
  .choice .hint {
    display: block;
    margin: 0;
  }
`;
