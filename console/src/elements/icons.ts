import { svg, type TemplateResult } from "lit";

const icon = (content: TemplateResult) => svg`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none"
  stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${content}</svg>`;

export const copyIcon = icon(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>`,
);
export const checkIcon = icon(svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`);
export const closeIcon = icon(svg`<path d="m4 4 8 8M12 4l-8 8"/>`);
export const ellipsisIcon = icon(
  svg`<circle cx="3.5" cy="8" r=".75" fill="currentColor"/><circle cx="8" cy="8" r=".75" fill="currentColor"/><circle cx="12.5" cy="8" r=".75" fill="currentColor"/>`,
);
export const plusIcon = icon(svg`<path d="M8 3.2v9.6M3.2 8h9.6"/>`);
export const refreshIcon = icon(svg`<path d="M13 8a5 5 0 1 1-1.5-3.6L13 6M13 2.8V6H9.8"/>`);
export const warningIcon = icon(svg`<path d="M8 2.3 14.2 13H1.8ZM8 6.5v3M8 11.3v.1"/>`);
export const infoIcon = icon(svg`<circle cx="8" cy="8" r="5.7"/><path d="M8 7.4v3.4M8 5.2v.1"/>`);
export const keyIcon = icon(svg`<circle cx="5.2" cy="10.8" r="2.7"/><path d="m7.2 8.8 6-6M11.2 4.8l2 2"/>`);
export const filterIcon = icon(svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`);
