import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { AuditEvent } from "../api/types.js";
import { actorName } from "../format/actor.js";
import { tail } from "../format/visible.js";
import { customElement } from "./define.js";
import { Localized } from "./localized.js";
import { controls, tables, tokens } from "./styles.js";

/** Who did what to which credential, newest first. Fires `acc-open` with the client_id of a credential to show. */
@customElement("acc-audit-trail")
export class AuditTrail extends LitElement {
  @property({ attribute: false }) events: readonly AuditEvent[] = [];
  /** Names of credentials by client_id, for events that carry only the id. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  private readonly localized = new Localized(this);

  override render() {
    const { t, localization } = this.localized;
    return html`<div class="table" role="table" aria-label=${t("audit.caption")} part="table">
      <div class="head" role="rowgroup">
        <div class="row" role="row">
          <div class="cell" role="columnheader">${t("audit.columns.at")}</div>
          <div class="cell" role="columnheader">${t("audit.columns.actor")}</div>
          <div class="cell" role="columnheader">${t("audit.columns.action")}</div>
          <div class="cell" role="columnheader">${t("audit.columns.sourceIp")}</div>
          <div class="cell" role="columnheader">${t("audit.columns.requestId")}</div>
        </div>
      </div>
      <div class="rows" role="rowgroup">
        ${repeat(
          this.events,
          (entry) => entry.event_id,
          (entry) =>
            html`<div class="row" role="row" part="row">
              <div class="cell" role="cell">
                <span class="label">${t("audit.columns.at")}</span><time datetime=${entry.at}>${localization.dateAndSecond(entry.at)}</time>
              </div>
              <div class="cell" role="cell"><span class="label">${t("audit.columns.actor")}</span><bdi>${actorName(t, entry.actor)}</bdi></div>
              <div class="cell" role="cell"><span class="label">${t("audit.columns.action")}</span><span>${this.inWords(entry)}${entry.client_id ? this.renderLink(entry.client_id) : nothing}</span></div>
              <div class="cell" role="cell"><span class="label">${t("audit.columns.sourceIp")}</span><span>${entry.source_ip}</span></div>
              <div class="cell mono" role="cell"><span class="label">${t("audit.columns.requestId")}</span><span>${entry.request_id}</span></div>
            </div>`,
        )}
      </div>
    </div>`;
  }

  private renderLink(clientId: string) {
    return html` <button
      type="button"
      class="link mono"
      title=${clientId}
      aria-label=${this.localized.t("audit.open", { clientId: tail(clientId) })}
      @click=${() => this.dispatchEvent(new CustomEvent("acc-open", { detail: clientId }))}
    >
      ${tail(clientId)}
    </button>`;
  }

  private inWords(entry: AuditEvent): string {
    const id = entry.client_id ?? "";
    const tokenName = entry.details["name"] ?? this.names.get(id) ?? (id && tail(id));
    const key = `audit.action.${entry.action}` as const;
    const { t, localization } = this.localized;
    // A page that is older than the service meets actions that it has no words for.
    return localization.has(key) ? t(key, { name: String(tokenName) }) : entry.action;
  }

  static override styles = [
    tokens,
    controls,
    tables,
    css`
      :host {
        display: block;
        --columns: minmax(0, 1fr) minmax(0, 0.8fr) minmax(0, 1.4fr) minmax(0, 0.7fr) minmax(0, 1.2fr);
      }
      .link {
        min-block-size: 0;
        padding: 0 0.125rem;
        border: 0;
        background: none;
        color: var(--_muted);
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }
    `,
  ];
}
