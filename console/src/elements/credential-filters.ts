import { LitElement, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { ConsoleUser, StatusFilter } from "../api/types.js";
import { visible } from "../format/visible.js";
import { ANY_CREDENTIAL, SORTS, STATUSES, narrows, type CredentialFilter, type Sort } from "../state/filters.js";
import { choice } from "./choice.js";
import { customElement } from "./define.js";
import { filterIcon } from "./icons.js";
import { Localized } from "./localized.js";
import { controls, tokens, tools } from "./styles.js";

const UNUSED_DAYS = ["30", "90", "180", "365"];
/** So long somebody may pause while typing before it is searched. */
const TYPING_MS = 300;

/** Which credentials are shown, and in which order. Fires `acc-filter` with what is another, and `acc-sort`. */
@customElement("acc-credential-filters")
export class CredentialFilters extends LitElement {
  @property({ attribute: false }) filter: CredentialFilter = ANY_CREDENTIAL;
  @property({ attribute: false }) sort!: Sort;
  @property({ attribute: false }) user: ConsoleUser | null = null;
  /** Names by subject. */
  @property({ attribute: false }) people: ReadonlyMap<string, string> = new Map();
  @state() private open = false;
  private readonly localized = new Localized(this);
  private typing?: ReturnType<typeof setTimeout>;

  override render() {
    const { filter, user } = this;
    const { t } = this.localized;
    const inUse = [filter.scope, filter.created_by, filter.unused].filter(Boolean).length;
    return html`<div class="tools">
        <input
          type="search"
          aria-label=${t("filter.search")}
          placeholder=${t("filter.search")}
          maxlength="100"
          .value=${filter.search}
          @input=${this.typed}
          @change=${this.searched}
        />
        ${choice<StatusFilter>("status", t("filter.label"), filter.status, STATUSES.map((one) => [one, t(`filter.${one}`)]), (chosen) => this.fire({ status: chosen }))}
        <button type="button" aria-expanded=${this.open} aria-controls="more" @click=${() => (this.open = !this.open)}>
          ${filterIcon}${inUse ? t("filter.inUse", { number: inUse }) : t("filter.more")}
        </button>
      </div>
      <div class="tools" id="more" ?hidden=${!this.open}>
        ${user?.scopes.length || filter.scope
          ? choice("scope", t("filter.scope"), filter.scope, [["", t("filter.any")], ...(user?.scopes ?? []).map((one) => [one.name, one.name] as const)], (scope) =>
              this.fire({ scope }),
            )
          : nothing}
        ${choice(
          "created-by",
          t("columns.createdBy"),
          filter.created_by,
          [["", t("filter.anyone")], ...[...this.people].map(([subject, known]) => [subject, subject === user?.subject ? t("filter.me", { name: known }) : visible(known)] as const)],
          (created_by) => this.fire({ created_by }),
        )}
        ${choice("unused", t("filter.unused"), filter.unused, [["", t("filter.any")], ...UNUSED_DAYS.map((days) => [days, t("filter.days", { count: Number(days) })] as const)], (unused) =>
          this.fire({ unused }),
        )}
        ${choice<Sort>("sort", t("filter.sort"), this.sort, SORTS.map((sort) => [sort, t(`sort.${sort}`)]), (sort) =>
          this.dispatchEvent(new CustomEvent("acc-sort", { detail: sort })),
        )}
        ${narrows(filter) ? html`<button type="button" @click=${this.clear}>${t("filter.clear")}</button>` : nothing}
      </div>`;
  }

  private fire(change: Partial<CredentialFilter>): void {
    clearTimeout(this.typing);
    this.dispatchEvent(new CustomEvent("acc-filter", { detail: change }));
  }

  private search(field: HTMLInputElement): void {
    const search = field.value.trim();
    if (search !== this.filter.search) this.fire({ search });
  }

  private searched({ target }: Event): void {
    this.search(target as HTMLInputElement);
  }

  private typed({ target }: Event): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.search(target as HTMLInputElement), TYPING_MS);
  }

  private clear(): void {
    this.fire({ ...ANY_CREDENTIAL, status: this.filter.status });
    // The button goes with the filters.
    this.renderRoot.querySelector("input")?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.typing);
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
