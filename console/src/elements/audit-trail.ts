import { LitElement, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { AuditEvent } from "../api/types.js";
import { dateAndSecond } from "../format/dates.js";
import { tail } from "../format/visible.js";
import { texts } from "../texts.js";
import { customElement } from "./define.js";
import { controls, tables, tokens } from "./styles.js";

/** Who did what to which credential, newest first. Fires `acc-only` with the client_id of the credential that somebody follows. */
@customElement("acc-audit-trail")
export class AuditTrail extends LitElement {
  @property({ attribute: false }) events: readonly AuditEvent[] = [];
  /** Names of credentials by client_id, for events that carry only the id. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();

  override render() {
    const { columns } = texts.audit;
    return html`<div class="table" role="table" aria-label=${texts.audit.caption} part="table">
      <div class="head" role="rowgroup">
        <div class="row" role="row">
          <div class="cell" role="columnheader">${columns.at}</div>
          <div class="cell" role="columnheader">${columns.actor}</div>
          <div class="cell" role="columnheader">${columns.action}</div>
          <div class="cell" role="columnheader">${columns.sourceIp}</div>
          <div class="cell" role="columnheader">${columns.requestId}</div>
        </div>
      </div>
      <div class="rows" role="rowgroup">
        ${repeat(
          this.events,
          (entry) => entry.event_id,
          (entry) =>
            html`<div class="row" role="row" part="row">
              <div class="cell" role="cell">
                <span class="label">${columns.at}</span><time datetime=${entry.at}>${dateAndSecond(entry.at)}</time>
              </div>
              <div class="cell" role="cell"><span class="label">${columns.actor}</span><bdi>${texts.actor(entry.actor)}</bdi></div>
              <div class="cell" role="cell"><span class="label">${columns.action}</span><span>${this.inWords(entry)}${entry.client_id ? this.renderLink(entry.client_id) : nothing}</span></div>
              <div class="cell" role="cell"><span class="label">${columns.sourceIp}</span><span>${entry.source_ip}</span></div>
              <div class="cell mono" role="cell"><span class="label">${columns.requestId}</span><span>${entry.request_id}</span></div>
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
      aria-label=${texts.audit.onlyOf(tail(clientId))}
      @click=${() => this.dispatchEvent(new CustomEvent("acc-only", { detail: clientId }))}
    >
      ${tail(clientId)}
    </button>`;
  }

  private inWords(entry: AuditEvent): string {
    const id = entry.client_id ?? "";
    const tokenName = entry.details["name"] ?? this.names.get(id) ?? (id && tail(id));
    // A page that is older than the service meets actions that it has no words for.
    return texts.audit.actions[entry.action]?.(String(tokenName)) ?? entry.action;
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
