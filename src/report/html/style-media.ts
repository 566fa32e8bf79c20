/** What is otherwise on a narrow screen and on paper. */
export const media = `
@media (max-width: 60rem) {
  .check > summary, .check.bare { grid-template-columns: auto minmax(0, 1fr) 7rem 4.5rem; }
  .check > summary code, .check.bare code { display: none; }
  .hero { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
}
@media (max-width: 40rem) {
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .levels thead th { font-size: 0.6875rem; }
  .levels th, .levels td { padding-left: 0.35rem; }
  .levels th:first-child { width: 36%; }
  .levels tbody th { font-size: 0.875rem; }
  legend { float: none; width: 100%; line-height: 1.6; }
  .messages { grid-template-columns: minmax(0, 1fr); }
  .remedy { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .remedy dt:not(:first-child) { margin-top: 0.5rem; }
  .remedy dt, .remedy dd { grid-column: 1; }
  .mismatches, .mismatches tbody, .mismatches tr, .mismatches td { display: block; }
  .mismatches thead { display: none; }
  .mismatches td { border: 0; padding: 0 0 0.3rem; }
  .mismatches td::before { content: attr(data-head); display: block; color: var(--soft); font-size: 0.8125rem; font-weight: 400; }
  .mismatches tr { border-top: 1px solid var(--line); padding-top: 0.5rem; }
  .check > summary, .check.bare { grid-template-columns: auto minmax(0, 1fr) auto; padding-inline: 0.75rem; }
  .check .tag { display: none; }
  .check .body { padding-inline: 0.75rem; }
  .plot { padding-left: 3.25rem; padding-right: 1rem; }
  .tick.second text { display: none; }
  .clause-list li { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { color-scheme: light; --page: #fff; --sunken: #f6f6f4; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  .filter, .copy, .skip { display: none !important; }
  .failure, .exchange, figure, .check, .clause-list li, tr { break-inside: avoid; }
  h2, h3, h4, .failure > summary { break-after: avoid; }
  .failure::details-content { content-visibility: visible; block-size: auto; }
  /* What helps at a screen: on paper it is what to mend that counts, in few pages. */
  .wire, .reproduce, .failure figure, .failure > p.meta { display: none; }
  .failure { --pad: 0.6rem; } .failure > summary { padding: 0.3rem 0.6rem; } .failure > :not(summary) { margin-bottom: 0.4rem; }
  .failure h4 { font-size: 10.5pt; } .remedy, .mismatches { font-size: 8.5pt; } .remedy { row-gap: 0.1rem; }
  .mismatches td { padding-block: 0.15rem; }
  svg, rect, .chip span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
