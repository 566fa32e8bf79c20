/** Checks, their evidence and pictures, clauses and decisions. */
export const checks = `
/* A failure */
.failure { background: var(--surface); border: 1px solid var(--line); border-left: 3px solid var(--bar-failed); border-radius: 8px; }
.failure + .failure { margin-top: 0.5rem; }
.failure > summary {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.6rem; align-items: center; list-style: none;
  padding: 0.6rem clamp(1rem, 2.5vw, 1.5rem);
}
.failure > summary::-webkit-details-marker { display: none; }
.failure > summary:hover { background: var(--sunken); }
.failure > summary .icon { width: 1.25rem; height: 1.25rem; }
.failure { --pad: clamp(1rem, 2.5vw, 1.5rem); }
.failure > :not(summary) { margin: 0 var(--pad) 1rem; } .failure > table { width: calc(100% - 2 * var(--pad)); }
.failure h4 { font-size: 1.0625rem; line-height: 1.35; font-weight: 620; }
h4::first-letter, .check .title::first-letter, .group > .reason::first-letter { text-transform: uppercase; }
.meta { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--soft); font-size: 0.8125rem; }
.self { color: inherit; text-decoration: none; } .self:hover { color: var(--link); text-decoration: underline; }
.known { padding: 0.5rem 0.8rem; background: var(--warned-wash); border-radius: 5px; font-size: 0.875rem; }
.known strong { color: var(--warned); font-weight: 600; margin-right: 0.5em; }
.mismatches { font-size: 0.875rem; table-layout: fixed; }
.mismatches th { padding: 0 1rem 0.25rem 0; width: 28%; } .mismatches .wide { width: auto; }
.mismatches td { padding: 0.45rem 1rem 0.45rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.mismatches .got { color: var(--failed); font-weight: 550; }
.mismatches ul { display: flex; flex-wrap: wrap; gap: 0 1em; }
.remedy { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.35rem 1rem; font-size: 0.875rem; }
.remedy dt { grid-column: 1; line-height: 1.65; } .remedy dd { grid-column: 2; max-width: 46rem; }
.remedy .fix { font-weight: 550; }
pre {
  unicode-bidi: plaintext; text-align: left;
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.78125rem; line-height: 1.55; tab-size: 2;
  padding: 0.6rem 0.8rem; background: var(--sunken); border-radius: 5px;
}
.reproduce { position: relative; }
.reproduce .label { margin-bottom: 0.2rem; }
.copy { position: absolute; right: 0; top: -0.3rem; font-size: 0.75rem; padding: 0 0.55rem; }
details > summary { cursor: pointer; }
.wire > summary { color: var(--link); font-size: 0.875rem; width: fit-content; }

/* Exchanges */
.exchange { padding: 0.8rem 0 0; margin-top: 0.8rem; border-top: 1px solid var(--line); font-size: 0.8125rem; }
.when { display: flex; flex-wrap: wrap; gap: 0 1.1em; color: var(--soft); }
.when { font-variant-numeric: tabular-nums; }
.exchange .when { color: var(--soft); } .when strong { color: var(--ink); font-weight: 600; } .when strong::first-letter { text-transform: uppercase; }
.when em { color: var(--ink); font-style: normal; }
.answer { font-weight: 550; } .answer.acknowledged { color: var(--passed); } .answer.refused, .answer.unanswered { color: var(--failed); }
.messages { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.6rem 1.25rem; margin-top: 0.4rem; }
.exchange p { color: var(--soft); }
.exchange pre + p, .exchange p + pre { margin-top: 0.3rem; }
.left-out { margin-top: 0.8rem; color: var(--soft); font-size: 0.8125rem; }

/* Pictures */
figure { min-width: 0; }
figcaption { font-size: 0.875rem; }
.plot { margin: 0.6rem 0 0; padding: 0 1.6rem 0 4rem; max-width: 52rem; }
.plot > svg, .latencies > svg { display: block; overflow: visible; }
svg text { font: 0.75rem var(--sans); fill: var(--soft); text-anchor: middle; font-variant-numeric: tabular-nums; }
.tick line { stroke: var(--line); }
svg .at { text-anchor: end; font-family: var(--mono); font-size: 0.6875rem; }
.deadline { fill: var(--bar-skipped); } .limit { stroke: var(--soft); stroke-width: 1.5; }
.attempt.acknowledged { color: var(--bar-passed); } .attempt.refused, .attempt.unanswered { color: var(--bar-failed); }
.mark, .used { fill: currentColor; }
svg .number { font-weight: 650; font-size: 0.6875rem; fill: light-dark(#111, #0b0d0f); }
/* What a check that passed allows for is no fault. */
.check[data-outcome="passed"] :is(.answer, .attempt):is(.refused, .unanswered) { color: var(--soft); }
.refused .number, .unanswered .number { fill: light-dark(#fff, #0b0d0f); }
svg .outcome { text-anchor: start; fill: var(--ink); paint-order: stroke; stroke: var(--surface); stroke-width: 4px; }
svg .turned, .percentile text.turned { text-anchor: end; }
svg .time { fill: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: 0.75rem; color: var(--soft); margin-top: 0.2rem; }
.legend span { display: inline-flex; align-items: center; gap: 0.4em; } .legend svg { flex: none; }
.figures { display: grid; grid-template-columns: repeat(4, auto); justify-content: start; gap: 0 clamp(1rem, 5vw, 2rem); margin: 0.4rem 0 0.6rem; }
.figures dd { font-size: 1.0625rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.latencies { max-width: 40rem; }
.column rect { fill: light-dark(#a9c3e0, #3d5c80); }
svg .count { paint-order: stroke; stroke: var(--surface); stroke-width: 3px; }
.floor { stroke: var(--soft); stroke-opacity: 0.5; }
.percentile line { stroke: var(--ink); stroke-dasharray: 2 3; stroke-opacity: 0.65; }
.percentile text { text-anchor: start; fill: var(--ink); font-size: 0.6875rem; paint-order: stroke; stroke: var(--surface); stroke-width: 3px; }

/* Quiet checks */
.group { margin-top: 1rem; }
.group > h3, .group > summary { font-size: 0.875rem; font-weight: 500; margin-bottom: 0.35rem; }
.rows { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.check + .check { border-top: 1px solid var(--line); }
.check > summary, .check.bare {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto 7rem 4.5rem; gap: 0.75rem; align-items: center;
  padding: 0.4rem 1rem; list-style: none; font-size: 0.875rem;
}
.check.bare::before { content: ""; width: 1.05rem; }
.check > summary::-webkit-details-marker { display: none; }
.check > summary:hover { background: var(--sunken); }
.check[open] > summary .title { font-weight: 600; }
.check > summary code, .check.bare code { color: var(--soft); font-size: 0.75rem; }
.check .tag { justify-self: start; }
.took { text-align: right; color: var(--soft); font-size: 0.8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.check .body { padding: 0.25rem 1rem 1.1rem 2.6rem; display: grid; gap: 0.9rem; grid-template-columns: minmax(0, 1fr); }
.exchanges { min-width: 0; }

/* Clauses and decisions */
.clause-list { margin-top: 0.9rem; }
.clause-list li { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0 1rem; padding: 0.6rem 0; border-top: 1px solid var(--line); }
.clause-list .status { color: var(--soft); font-size: 0.8125rem; line-height: 1.75; }
.clause-list .verified .status { color: var(--passed); } .clause-list .violated .status { color: var(--failed); font-weight: 600; }
.decisions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1.1rem 2.5rem; margin-top: 0.9rem; font-size: 0.875rem; }
.decisions dt { color: var(--ink); font-weight: 600; font-size: inherit; }
.why { color: var(--soft); }
footer { margin-top: 2.5rem; padding: 1rem 0 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; }
:target { scroll-margin-top: 1rem; }
.failure:target, .check:target, .exchange:target, li:target { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 6px; }
`;
