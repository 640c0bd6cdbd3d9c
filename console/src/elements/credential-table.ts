import { LitElement, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { ConsoleUser, Credential } from "../api/types.js";
import { actorName } from "../format/actor.js";
import { tail, visible } from "../format/visible.js";
import { actionsFor, type CredentialAction } from "./credential-actions.js";
import { customElement } from "./define.js";
import { ellipsisIcon } from "./icons.js";
import { RowBlocks } from "./row-blocks.js";
import { NEWEST_FIRST, type Sort } from "../state/filters.js";
import type { Localization } from "../locales/localization.js";
import { Localized } from "./localized.js";
import { controls, tables, tokens } from "./styles.js";
import "./copy-field.js";

/** So long before its end a credential draws the eye. */
const SOON_MS = 14 * 86_400_000;

/**
 * The credentials. Fires `acc-open` with the client_id of one to show, `acc-act` with one and what to do with it,
 * `acc-revoke-several` with those that somebody ticked, and `acc-sort`.
 */
@customElement("acc-credential-table")
export class CredentialTable extends LitElement {
  @property({ attribute: false }) credentials: readonly Credential[] = [];
  @property({ attribute: false }) mayWrite = false;
  /** That all credentials are held to. */
  @property({ attribute: false }) profile: ConsoleUser["security_profile"] = null;
  /** The client_id of the row to draw the eye to. */
  @property({ attribute: false }) highlighted: string | null = null;
  /** How many there are, with those that were not read; null where nobody knows. */
  @property({ attribute: false }) total: number | null = null;
  @property({ attribute: false }) sort: Sort = NEWEST_FIRST;
  /** The client_ids that are ticked. */
  @state() private ticked: ReadonlySet<string> = new Set();
  @state() private menuFor: Credential | null = null;
  private readonly localized = new Localized(this);
  private readonly blocks = new RowBlocks(this);
  private opener: HTMLElement | null = null;
  @query(".menu") private menu!: HTMLElement;

  override render() {
    const { t } = this.localized;
    const chosen = this.chosen;
    const several = chosen.length > 1;
    return html`<div
        class="table ${this.mayWrite ? "" : "read-only"}"
        role="table"
        aria-label=${t("title")}
        aria-rowcount=${this.total === null ? -1 : this.total + 1}
        part="table"
      >
        <div class="head" role="rowgroup">
          <div class="row" role="row" aria-rowindex="1">
            ${this.mayWrite ? html`<div class="cell" role="columnheader"><span class="unseen">${t("columns.selection")}</span>${this.renderTickAll(chosen.length)}</div>` : nothing}
            ${this.renderHead(t("columns.name"), "name.asc", "name.desc")}
            <div class="cell" role="columnheader">${t("columns.clientId")}</div>
            ${this.renderHead(t("columns.createdBy"), "created_by.asc", "created_by.desc")}
            ${this.renderHead(t("columns.createdOn"), "created_at.desc", "created_at.asc")}
            ${this.renderHead(t("columns.lastUsed"), "last_used_at.desc", "last_used_at.asc")}
            ${this.mayWrite
              ? html`<div class="cell" role="columnheader"><span class="unseen">${t("columns.actions")}</span></div>`
              : nothing}
          </div>
        </div>
        <div class="rows" role="rowgroup">
          ${this.blocks.render(
            this.credentials,
            (credential) => credential.client_id,
            (credential, index) => this.renderRow(credential, index),
          )}
        </div>
      </div>
      ${chosen.length
        ? html`<div class="chosen">
            <p role="status">${t("selected", { count: chosen.length })}</p>
            <button type="button" @click=${this.untick}>${t("clearSelection")}</button>
            <button type="button" class="danger" @click=${this.revokeChosen}>${t("revokeSelected", { count: chosen.length })}</button>
          </div>`
        : nothing}
      <div class="menu" popover role="menu" @keydown=${this.menuKey} @beforetoggle=${this.menuToggled}>
        ${(this.menuFor ? actionsFor(this.menuFor, this.profile) : []).toReversed().map(
          (action) =>
            html`<button type="button" role="menuitem" class=${action === "revoke" ? "danger" : ""} tabindex="-1" @click=${() => this.choose(action)}>${t(`action.${action}`)}</button>`,
        )}
        ${several
          ? html`<button type="button" role="menuitem" class="danger" tabindex="-1" @click=${this.revokeChosen}>
              ${t("revokeSelected", { count: chosen.length })}
            </button>`
          : nothing}
      </div>`;
  }

  /** A column by which the rows can be sorted: first one way, then the other. */
  private renderHead(label: string, first: Sort, second: Sort) {
    const { t } = this.localized;
    const sorted = this.sort === first || this.sort === second;
    const downwards = this.sort.endsWith(".desc");
    return html`<div
      class="cell sortable"
      role="columnheader"
      aria-sort=${sorted ? (downwards ? "descending" : "ascending") : "none"}
    >
      ${label}<button
        type="button"
        @click=${() => this.dispatchEvent(new CustomEvent("acc-sort", { detail: this.sort === first ? second : first }))}
      >
        <span class="unseen">${t("sortBy", { what: label })}</span><span aria-hidden="true">${sorted ? (downwards ? "↓" : "↑") : ""}</span>
      </button>
    </div>`;
  }

  private renderTickAll(chosen: number) {
    const offered = this.credentials.filter(revocable).length;
    return html`<input
      type="checkbox"
      aria-label=${this.localized.t("selectAll", { count: offered })}
      .checked=${chosen > 0 && chosen === offered}
      .indeterminate=${chosen > 0 && chosen < offered}
      @change=${({ target }: Event) =>
        (this.ticked = new Set((target as HTMLInputElement).checked ? this.credentials.filter(revocable).map(idOf) : []))}
    />`;
  }

  /** Those that are ticked and shown: a row that went takes its tick along. */
  private get chosen(): readonly Credential[] {
    return this.ticked.size ? this.credentials.filter((one) => this.ticked.has(one.client_id) && revocable(one)) : [];
  }

  private tick(clientId: string, ticked: boolean): void {
    const others = [...this.ticked].filter((one) => one !== clientId);
    this.ticked = new Set(ticked ? [...others, clientId] : others);
  }

  /** Its button goes with the ticks: the keyboard goes on at the first of them. */
  private async untick(): Promise<void> {
    const index = this.credentials.findIndex(({ client_id: id }) => id === this.chosen[0]?.client_id);
    this.ticked = new Set();
    await this.blocks.show(index);
    this.renderRoot.querySelector<HTMLElement>(`.rows [aria-rowindex="${index + 2}"] .tick input`)?.focus();
  }

  private revokeChosen(): void {
    this.menu.hidePopover();
    this.dispatchEvent(new CustomEvent("acc-revoke-several", { detail: this.chosen }));
  }

  private renderRow(credential: Credential, index: number) {
    const { t, localization } = this.localized;
    const id = credential.client_id;
    return html`<div
      class="row ${id === this.highlighted ? "highlighted" : ""}"
      role="row"
      aria-rowindex=${index + 2}
      part="row"
      data-client-id=${id}
    >
      ${this.mayWrite
        ? html`<div class="cell tick" role="cell">
            ${revocable(credential)
              ? html`<input
                  type="checkbox"
                  aria-label=${t("select", { name: credential.name, clientId: tail(id) })}
                  .checked=${this.ticked.has(id)}
                  @change=${({ target }: Event) => this.tick(id, (target as HTMLInputElement).checked)}
                />`
              : nothing}
          </div>`
        : nothing}
      <div class="cell name" role="cell">
        <div class="title">
          <button type="button" class="open" aria-label="${visible(credential.name)}, ${tail(credential.client_id)}" @click=${() => this.fire("acc-open", credential.client_id)}><bdi>${visible(credential.name)}</bdi></button>
          ${credential.status === "active"
            ? nothing
            : html`<span class="badge ${credential.status}">${t(`status.${credential.status}`)}</span>`}
        </div>
        <div class="muted small">${credential.scopes.join(" · ") || t("noScopes")}</div>
      </div>
      <div class="cell id" role="cell">
        <span class="label">${t("columns.clientId")}</span>
        <acc-copy what=${t("columns.clientId")} of=${tail(id)}><span class="shortened" title=${id}><bdi dir="ltr">${id}</bdi></span></acc-copy>
      </div>
      <div class="cell" role="cell">
        <span class="label">${t("columns.createdBy")}</span>
        <bdi>${actorName(t, credential.created_by)}</bdi>
      </div>
      <div class="cell" role="cell">
        <span class="label">${t("columns.createdOn")}</span>
        <div>
          <time datetime=${credential.created_at}>${localization.dateAndTime(credential.created_at)}</time>
          ${ending(localization, credential)}
        </div>
      </div>
      <div class="cell" role="cell">
        <span class="label">${t("columns.lastUsed")}</span>
        ${credential.last_used_at
          ? html`<div>
              <time datetime=${credential.last_used_at}>${localization.dateAndTime(credential.last_used_at)}</time>
              ${credential.last_used_from
                ? html`<div class="muted small"><bdi dir="ltr">${t("usedFrom", { network: credential.last_used_from })}</bdi></div>`
                : nothing}
            </div>`
          : html`<span class="muted">${t("noUse")}</span>`}
      </div>
      ${this.mayWrite
        ? html`<div class="cell actions" role="cell">
            ${revocable(credential)
              ? html`<button
                  type="button"
                  class="quiet"
                  aria-haspopup="menu"
                  aria-expanded=${this.menuFor === credential}
                  aria-label=${t("moreActions", { name: credential.name, clientId: tail(id) })}
                  @click=${({ currentTarget }: Event) => this.openMenu(currentTarget as HTMLElement, credential)}
                >
                  ${ellipsisIcon}
                </button>`
              : nothing}
          </div>`
        : nothing}
    </div>`;
  }

  private async openMenu(button: HTMLElement, credential: Credential): Promise<void> {
    this.menuFor = credential;
    this.opener = button;
    await this.updateComplete;
    this.menu.showPopover();
    this.placeMenu();
    addEventListener("scroll", this.placeMenu, { capture: true, passive: true });
    addEventListener("resize", this.placeMenu);
    this.menu.querySelector("button")?.focus();
  }

  /** Beside its row, wherever that is by now. */
  private readonly placeMenu = (): void => {
    if (!this.opener?.isConnected) return this.menu.hidePopover();
    const anchor = this.opener.getBoundingClientRect();
    const size = this.menu.getBoundingClientRect();
    const rtl = getComputedStyle(this).direction === "rtl";
    const left = rtl ? anchor.left : anchor.right - size.width;
    const below = anchor.bottom + 4;
    const above = anchor.top - size.height - 4;
    // On a low screen it fits on neither side of its row.
    const turned = above < 8 ? Math.max(8, innerHeight - size.height - 8) : above;
    this.menu.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
    this.menu.style.top = `${below + size.height > innerHeight ? turned : below}px`;
  };

  protected override updated(): void {
    if (this.menuFor) this.placeMenu();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPlacing();
  }

  private stopPlacing(): void {
    removeEventListener("scroll", this.placeMenu, { capture: true });
    removeEventListener("resize", this.placeMenu);
  }

  private menuToggled({ newState }: ToggleEvent): void {
    if (newState !== "closed") return;
    this.menuFor = null;
    this.stopPlacing();
    // Browsers do not find the way back to a button in a shadow tree.
    if (this.menu.matches(":focus-within")) this.opener?.focus();
  }

  private menuKey(keydown: KeyboardEvent): void {
    const items = [...this.menu.querySelectorAll("button")];
    const at = items.findIndex((item) => item.matches(":focus"));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[keydown.key];
    if (next !== undefined) {
      keydown.preventDefault();
      items.at(next % items.length)?.focus();
    } else if (keydown.key === "Tab") {
      this.menu.hidePopover();
    }
  }

  private choose(action: CredentialAction): void {
    const credential = this.menuFor;
    this.menu.hidePopover();
    if (credential) this.fire("acc-act", { action, credential });
  }

  private fire(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Where the keyboard goes on after a row has gone, or more have come. Answers whether there is such a row. */
  async focusRow(index: number): Promise<boolean> {
    await this.blocks.show(index);
    const target = this.renderRoot.querySelector<HTMLElement>(`.rows [aria-rowindex="${index + 2}"] :is(.actions button, acc-copy)`);
    const button = target?.localName === "acc-copy" ? target.shadowRoot?.querySelector("button") : target;
    button?.focus();
    return Boolean(button);
  }

  static override styles = [
    tokens,
    controls,
    tables,
    css`
      :host {
        display: block;
        --columns: 1.125rem minmax(0, 1.4fr) minmax(0, 1.1fr) minmax(0, 0.8fr) minmax(0, 0.9fr) minmax(0, 0.9fr) 2rem;
      }
      .read-only {
        --columns: minmax(0, 1.4fr) minmax(0, 1.1fr) minmax(0, 0.8fr) minmax(0, 0.9fr) minmax(0, 0.9fr);
      }
      .sortable {
        position: relative;
      }
      .sortable button {
        min-block-size: 1.5em;
        min-inline-size: 1.5em;
        padding: 0;
        border: 0;
        background: none;
      }
      /* All of the head can be clicked. */
      .sortable button::after {
        content: "";
        position: absolute;
        inset: 0;
        border-radius: 2px;
      }
      .sortable button:focus-visible {
        outline: none;
      }
      .sortable button:focus-visible::after {
        outline: 2px solid var(--_accent);
      }
      .row input {
        display: block;
        margin: 0;
        scroll-margin-block-end: 5rem;
      }
      .soon {
        color: var(--_warning);
        font-weight: 500;
      }
      .chosen {
        position: sticky;
        inset-block-end: 0;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.625rem;
        padding: 0.625rem 1rem;
        border-block-start: 1px solid var(--_line);
        background: var(--_sunken);
      }
      /* On a low screen it would lie over the rows, and over what has the focus. */
      @media (height < 30rem) {
        .chosen {
          position: static;
        }
      }
      .chosen p {
        flex: 1;
        font-weight: 500;
      }
      .title {
        font-weight: 500;
      }
      .open {
        min-block-size: 0;
        padding: 0;
        border: 0;
        background: none;
        text-align: start;
        text-decoration: underline;
        text-decoration-color: transparent;
        text-underline-offset: 0.2em;
      }
      .open:is(:hover, :focus-visible) {
        text-decoration-color: currentColor;
      }
      .small {
        font-size: 0.8929em;
      }
      /* One text, to be found and copied whole. What is cut off is its start, which all have in common. */
      .shortened {
        display: block;
        direction: rtl;
        overflow: hidden;
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .badge {
        display: inline-block;
        margin-inline-start: 0.25rem;
        padding: 0 0.5rem;
        border: 1px solid var(--_line);
        border-radius: 1rem;
        background: var(--_sunken);
        color: var(--_muted);
        font-size: 0.8571em;
        white-space: nowrap;
      }
      .badge.revoked {
        color: var(--_danger);
      }
      .badge:is(.suspended, .expired) {
        color: var(--_warning);
      }
      .actions {
        display: flex;
        justify-content: flex-end;
      }
      .row :focus-visible {
        outline-offset: -2px;
      }
      .highlighted {
        animation: highlight 4s ease-out;
      }
      @keyframes highlight {
        from,
        40% {
          background: color-mix(in oklab, transparent, var(--_accent) 12%);
        }
      }
      .menu {
        inset: auto;
        margin: 0;
        min-inline-size: 9rem;
        max-block-size: calc(100dvb - 1rem);
        overflow-y: auto;
        padding: 0.25rem;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_raised);
        color: var(--_text);
        box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.16);
      }
      .menu button {
        inline-size: 100%;
        justify-content: flex-start;
        border-color: transparent;
        background: transparent;
      }
      .menu button:is(:hover, :focus) {
        background: var(--_sunken);
      }
      .menu .danger:is(:hover, :focus) {
        background: var(--_danger-soft);
      }
      .menu button:focus-visible {
        outline-offset: -2px;
      }
      @container (inline-size < 46rem) {
        .row {
          grid-template-columns: 1.125rem minmax(0, 1fr) auto;
        }
        .row .cell {
          grid-column: 2 / -1;
        }
        .row .tick {
          grid-area: 1 / 1;
        }
        .row .name {
          grid-area: 1 / 2;
        }
        .row .actions {
          grid-area: 1 / 3;
          align-self: start;
        }
        .read-only .row {
          grid-template-columns: minmax(0, 1fr);
        }
        .read-only .row .cell {
          grid-column: 1;
        }
        /* Where it cannot be seen nothing is to be clicked: “Sort by” does the same. */
        .head :is(button, input) {
          display: none;
        }
      }
    `,
  ];
}

function idOf(credential: Credential): string {
  return credential.client_id;
}

function revocable(credential: Credential): boolean {
  return credential.status !== "revoked";
}

function ending({ t, dateAndTime, ago }: Localization, credential: Credential) {
  const { status: effective, expires_at: end } = credential;
  const now = Date.now();
  if (effective === "active" && end && Date.parse(end) - now < SOON_MS)
    return html`<div class="small soon" title=${dateAndTime(end)}>${t("expiresIn", { days: ago(end, now) })}</div>`;
  const words = endingWords(t, credential);
  return words ? html`<div class="muted small">${words}</div>` : nothing;
}

function endingWords(t: Localization["t"], credential: Credential): string {
  const { status: now, revoked_at: revokedAt, suspended_at: suspendedAt, expires_at: expiresAt } = credential;
  if (now === "revoked" && revokedAt) return t("revokedOn", { date: new Date(revokedAt), by: credential.revoked_by?.name ?? "" });
  if (now === "suspended" && suspendedAt)
    return t("suspendedOn", { date: new Date(suspendedAt), by: credential.suspended_by?.name ?? "" });
  return expiresAt ? t(now === "expired" ? "expiredOn" : "expiresOn", { date: new Date(expiresAt) }) : "";
}
