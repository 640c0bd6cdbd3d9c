import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { AuditEvent } from "../api/types.js";
import { dayOf } from "../format/dates.js";
import { tail, visible } from "../format/visible.js";
import { ANY_EVENT, type AuditFilter } from "../state/filters.js";
import { en } from "../locales/en.js";
import { choice } from "./choice.js";
import { customElement } from "./define.js";
import { closeIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tokens, tools } from "./styles.js";

const ACTION = "audit.action.";
const isActionKey = (key: string): key is `${typeof ACTION}${AuditEvent["action"]}` => key.startsWith(ACTION);
const ACTION_KEYS = Object.keys(en).filter(isActionKey);

/** Which events are shown. Fires `acc-filter` with what is another, and `acc-export`. */
@customElement("acc-audit-filters")
export class AuditFilters extends LitElement {
  @property({ attribute: false }) filter: AuditFilter = ANY_EVENT;
  @property({ attribute: false }) people: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) exporting = false;
  private readonly localized = new Localized(this);

  override render() {
    const { filter } = this;
    const { t } = this.localized;
    const actions = ACTION_KEYS.map((key) => [key.slice(ACTION.length) as AuditEvent["action"], t(key, { name: "…" })] as const);
    const people = [...this.people].map(([subject, known]) => [subject, visible(known)] as const);
    return html`<div class="tools">
      ${choice<AuditFilter["action"]>("action", t("filter.label"), filter.action, [["", t("audit.anyAction")], ...actions], (action) => this.fire({ action }))}
      ${choice("actor", t("audit.columns.actor"), filter.actor, [["", t("filter.anyone")], ...people], (actor) => this.fire({ actor }))}
      ${this.renderDay("since", t("audit.since"), filter.until)} ${this.renderDay("until", t("audit.until"), filter.since)}
      ${filter.client_id
        ? html`<button type="button" aria-label=${t("audit.showAll")} title=${filter.client_id} @click=${() => this.fire({ client_id: "" })}>
            ${t("audit.onlyOf", { clientId: tail(filter.client_id) })}${closeIcon}
          </button>`
        : nothing}
      <button
        type="button"
        aria-disabled=${this.exporting}
        @click=${() => this.exporting || this.dispatchEvent(new CustomEvent("acc-export"))}
      >
        ${this.exporting ? t("audit.exporting") : t("audit.export")}
      </button>
    </div>`;
  }

  private renderDay(key: "since" | "until", label: string, other: string) {
    return html`<label class="choice">
      <span class="muted">${label}</span>
      <input
        type="date"
        min=${(key === "until" && other) || nothing}
        max=${(key === "since" && other) || dayOf(new Date())}
        .value=${this.filter[key]}
        @change=${({ target }: Event) => this.dayChosen(key, target as HTMLInputElement)}
      />
    </label>`;
  }

  private dayChosen(key: "since" | "until", input: HTMLInputElement): void {
    if (input.reportValidity()) this.fire({ [key]: input.value });
  }

  private fire(change: Partial<AuditFilter>): void {
    this.dispatchEvent(new CustomEvent("acc-filter", { detail: change }));
  }

  static override styles = [
    tokens,
    controls,
    tools,
    css`
      :host {
        display: block;
      }
    `,
  ];
}
