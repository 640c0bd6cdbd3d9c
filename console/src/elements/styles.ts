import { css } from "lit";

/** What a host page may set, with our values behind it: every element reads only the --_ names. */
export const tokens = css`
  :host {
    --_accent: var(--acc-accent, light-dark(#2352c8, #8fb1ff));
    --_on-accent: var(--acc-on-accent, light-dark(#ffffff, #0c1530));
    --_text: var(--acc-text, light-dark(#1a1f29, #e6e9ef));
    --_muted: var(--acc-muted, light-dark(#586173, #9ba5b5));
    --_surface: var(--acc-surface, light-dark(#ffffff, #171a20));
    --_raised: var(--acc-raised, light-dark(#ffffff, #1d2128));
    --_sunken: var(--acc-sunken, light-dark(#f5f6f8, #101318));
    --_line: var(--acc-line, light-dark(#e1e4ea, #2c323c));
    --_control: var(--acc-control, light-dark(#868e9c, #6b7584));
    --_danger: var(--acc-danger, light-dark(#b3261e, #ff9d94));
    --_on-danger: var(--acc-on-danger, light-dark(#ffffff, #3a0905));
    --_danger-soft: var(--acc-danger-soft, light-dark(#fdf1f0, #2e1b1b));
    --_warning: var(--acc-warning, light-dark(#8a5300, #f2c069));
    --_warning-soft: var(--acc-warning-soft, light-dark(#fff6e3, #2b2417));
    --_success: var(--acc-success, light-dark(#1a6b3c, #7fd3a0));
    --_radius: var(--acc-radius, 8px);
    --_font: var(--acc-font, system-ui, sans-serif);
    --_mono: var(--acc-mono, ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, monospace);
    --_size: var(--acc-font-size, 0.875rem);
    color: var(--_text);
    font: var(--_size) / 1.5 var(--_font);
  }
`;

export const controls = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  pre {
    margin: 0;
    padding: 0;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  .icon {
    display: block;
    flex: none;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 2.25rem;
    padding: 0.25rem 0.875rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_raised);
    font-weight: 500;
    cursor: pointer;
    transition: background-color 120ms, border-color 120ms;
  }
  button:hover:not(:disabled, [aria-disabled="true"]) {
    border-color: var(--_control);
    background: color-mix(in oklab, var(--_raised), var(--_text) 4%);
  }
  button:disabled,
  button[aria-disabled="true"] {
    cursor: default;
    opacity: 0.6;
  }
  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.primary:hover:not(:disabled, [aria-disabled="true"]) {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent), var(--_text) 14%);
  }
  button.danger {
    color: var(--_danger);
  }
  button.danger.solid {
    border-color: var(--_danger);
    background: var(--_danger);
    color: var(--_on-danger);
  }
  button.danger.solid:hover:not(:disabled, [aria-disabled="true"]) {
    background: color-mix(in oklab, var(--_danger), var(--_text) 14%);
  }
  button.quiet {
    min-block-size: 2rem;
    min-inline-size: 2rem;
    padding: 0.375rem;
    border-color: transparent;
    background: transparent;
    color: var(--_muted);
  }
  button.quiet:hover:not(:disabled, [aria-disabled="true"]) {
    border-color: transparent;
    background: color-mix(in oklab, transparent, var(--_text) 8%);
    color: var(--_text);
  }
  input:not([type="checkbox"]),
  select,
  textarea {
    inline-size: 100%;
    min-block-size: 2.25rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_raised);
  }
  [aria-invalid="true"] {
    border-color: var(--_danger);
  }
  textarea {
    resize: vertical;
  }
  input[type="checkbox"] {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0.125rem 0 0;
    accent-color: var(--_accent);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .muted {
    color: var(--_muted);
  }
  .mono {
    font-family: var(--_mono);
    font-size: 0.9286em;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    button,
    input:not([type="checkbox"]),
    select {
      min-block-size: 2.75rem;
    }
    button.quiet {
      min-block-size: 2.75rem;
      min-inline-size: 2.75rem;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonBorder;
    }
  }
`;

/** A table that turns into cards when its container is narrow; roles are written out because changed display drops them. */
export const tables = css`
  .table {
    display: block;
    inline-size: 100%;
  }
  .row {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    column-gap: 1.25rem;
    padding: 0.625rem 1rem;
    border-block-end: 1px solid var(--_line);
  }
  .rows {
    display: block;
  }
  .rows .row {
    min-block-size: 3.5rem;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 3.5rem;
  }
  .rows > :last-child .row:last-child {
    border-block-end: 0;
  }
  .rows .row:hover {
    background: color-mix(in oklab, transparent, var(--_text) 2.5%);
  }
  .head .row {
    padding-block: 0.5rem;
    background: var(--_sunken);
    color: var(--_muted);
    font-size: 0.9286em;
    font-weight: 500;
  }
  .cell {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .label {
    display: none;
  }
  @container (inline-size < 46rem) {
    .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .row {
      grid-template-columns: minmax(0, 1fr) auto;
      row-gap: 0.25rem;
      padding-block: 0.875rem;
    }
    .rows .row {
      contain-intrinsic-block-size: auto 9rem;
    }
    .cell {
      grid-column: 1 / -1;
    }
    .cell:has(> .label) {
      display: grid;
      grid-template-columns: 6rem minmax(0, 1fr);
      align-items: center;
      column-gap: 0.75rem;
    }
    .label {
      display: block;
      color: var(--_muted);
    }
    .label ~ * {
      grid-column: 2;
    }
  }
`;

/** A line of controls, which breaks where it must. */
export const tools = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.625rem 0.875rem;
  }
  .tools + .tools {
    margin-block-start: 0.625rem;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 0.5rem;
  }
  .choice,
  .choice * {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .choice .muted {
    flex: none;
  }
  .tools input[type="search"] {
    flex: 1 1 14rem;
  }
  .tools [type="date"] {
    inline-size: auto;
  }
`;

/** A panel: what it says scrolls, its header and its buttons stay. */
export const panels = css`
  header,
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.625rem;
    padding: 1rem 1.5rem;
  }
  footer {
    justify-content: flex-end;
    border-block-start: 1px solid var(--_line);
  }
  .content {
    flex: 1;
    min-block-size: 0;
    padding: 1.5rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .content > :not([hidden]) ~ * {
    margin-block-start: 1.5rem;
  }
  .hint {
    margin-block-start: 0.25rem;
    color: var(--_muted);
    font-size: 0.9286em;
    font-weight: 400;
  }
  .caution {
    padding: 1rem;
    border: 1px solid color-mix(in oklab, var(--_warning), transparent 60%);
    border-radius: var(--_radius);
    background: var(--_warning-soft);
  }
  .warning {
    display: flex;
    gap: 0.625rem;
  }
  .warning .icon {
    margin-block-start: 0.15rem;
    color: var(--_warning);
  }
  @media (width < 26rem) {
    header,
    footer,
    .content {
      padding-inline: 1rem;
    }
  }
`;
