import { LitElement, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Credential } from "../api/types.js";
import { actorName } from "../format/actor.js";
import { tail, visible } from "../format/visible.js";
import type { Localization } from "../locales/localization.js";
import { actionsFor, type CredentialAction } from "./credential-actions.js";
import { customElement } from "./define.js";
import { ellipsisIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tables, tokens } from "./styles.js";
import "./copy-field.js";

/** The credentials, newest first. Fires `acc-open` with the client_id of one to show, `acc-act` with one and what to do with it. */
@customElement("acc-credential-table")
export class CredentialTable extends LitElement {
  @property({ attribute: false }) credentials: readonly Credential[] = [];
  @property({ attribute: false }) mayWrite = false;
  /** The client_id of the row to draw the eye to. */
  @property({ attribute: false }) highlighted: string | null = null;
  @state() private menuFor: Credential | null = null;
  private opener: HTMLElement | null = null;
  private readonly localized = new Localized(this);
  @query(".menu") private menu!: HTMLElement;

  override render() {
    const { t } = this.localized;
    return html`<div class="table ${this.mayWrite ? "" : "read-only"}" role="table" aria-label=${t("title")} part="table">
        <div class="head" role="rowgroup">
          <div class="row" role="row">
            <div class="cell" role="columnheader">${t("columns.name")}</div>
            <div class="cell" role="columnheader">${t("columns.clientId")}</div>
            <div class="cell" role="columnheader">${t("columns.createdBy")}</div>
            <div class="cell" role="columnheader">${t("columns.createdOn")}</div>
            ${this.mayWrite
              ? html`<div class="cell" role="columnheader"><span class="unseen">${t("columns.actions")}</span></div>`
              : nothing}
          </div>
        </div>
        <div class="rows" role="rowgroup">
          ${repeat(
            this.credentials,
            (credential) => credential.client_id,
            (credential) => this.renderRow(credential),
          )}
        </div>
      </div>
      <div class="menu" popover role="menu" @keydown=${this.menuKey} @beforetoggle=${this.menuToggled}>
        ${(this.menuFor ? actionsFor(this.menuFor) : []).toReversed().map(
          (action) =>
            html`<button type="button" role="menuitem" class=${action === "revoke" ? "danger" : ""} tabindex="-1" @click=${() => this.choose(action)}>${t(`action.${action}`)}</button>`,
        )}
      </div>`;
  }

  private renderRow(credential: Credential) {
    const { t, localization } = this.localized;
    return html`<div
      class="row ${credential.client_id === this.highlighted ? "highlighted" : ""}"
      role="row"
      part="row"
      data-client-id=${credential.client_id}
    >
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
        <acc-copy what=${t("columns.clientId")} of=${tail(credential.client_id)}><span class="shortened" title=${credential.client_id}><bdi dir="ltr">${credential.client_id}</bdi></span></acc-copy>
      </div>
      <div class="cell" role="cell">
        <span class="label">${t("columns.createdBy")}</span>
        <bdi>${actorName(t, credential.created_by)}</bdi>
      </div>
      <div class="cell" role="cell">
        <span class="label">${t("columns.createdOn")}</span>
        <time datetime=${credential.created_at}>${localization.dateAndTime(credential.created_at)}</time>
        ${ending(t, credential)}
      </div>
      ${this.mayWrite
        ? html`<div class="cell actions" role="cell">
            ${credential.status === "revoked"
              ? nothing
              : html`<button
                  type="button"
                  class="quiet"
                  aria-haspopup="menu"
                  aria-expanded=${this.menuFor === credential}
                  aria-label=${t("moreActions", { name: credential.name, clientId: tail(credential.client_id) })}
                  @click=${({ currentTarget }: Event) => this.openMenu(currentTarget as HTMLElement, credential)}
                >
                  ${ellipsisIcon}
                </button>`}
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
    this.menu.style.left = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
    this.menu.style.top = `${below + size.height > innerHeight ? anchor.top - size.height - 4 : below}px`;
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
  focusRow(index: number): boolean {
    const button = this.renderRoot
      .querySelectorAll(".rows .row")
      [index]?.querySelector<HTMLElement>(".actions button, acc-copy");
    const target = button?.localName === "acc-copy" ? button.shadowRoot?.querySelector("button") : button;
    target?.focus();
    return Boolean(target);
  }

  static override styles = [
    tokens,
    controls,
    tables,
    css`
      :host {
        display: block;
        --columns: minmax(0, 1.5fr) minmax(0, 1.3fr) minmax(0, 0.9fr) minmax(0, 1.1fr) 2rem;
      }
      .read-only {
        --columns: minmax(0, 1.5fr) minmax(0, 1.3fr) minmax(0, 0.9fr) minmax(0, 1.1fr);
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
        .row .name {
          grid-area: 1 / 1;
        }
        .row .actions {
          grid-area: 1 / 2;
          align-self: start;
        }
        .read-only .row .name {
          grid-column: 1 / -1;
        }
      }
    `,
  ];
}

function ending(t: Localization["t"], credential: Credential) {
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
