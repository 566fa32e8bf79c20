import { style as runStyle } from "../../report/html/style.js";

/** That of the run's report, and what only a scenario has. */
export const style = `${runStyle}
.head { padding: clamp(1rem, 3vw, 1.75rem) 0 1.25rem; }
.head h1 { font-size: clamp(1.6rem, 4vw, 2.25rem); line-height: 1.15; font-weight: 680; letter-spacing: -0.02em; }
.played { border-top: 1px solid var(--line); padding: 1.75rem 0 2.25rem; }
.played:first-child { border-top: 0; padding-top: 0; }
.played > h2 { font-size: 1.5rem; margin-bottom: 0.35rem; }
.verdict-word { display: block; font-size: 0.9375rem; font-weight: 650; letter-spacing: 0; }
.as-expected .verdict-word { color: var(--passed); } .not-as-expected .verdict-word { color: var(--failed); }
.inconclusive .verdict-word { color: var(--warned); }
.played .notes { margin: 1rem 0; max-width: 62rem; }
.not-as-expected .notes { border-color: var(--bar-failed); background: var(--failed-wash); }
.as-expected .notes { border-color: var(--bar-passed); background: var(--sunken); }
.played .about { color: var(--soft); font-size: 0.875rem; margin: 0.75rem 0; }
.played figure { margin: 1.25rem 0; }
.sent line { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; }
.arrival { fill: var(--ink); } .part { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; } .floor { stroke: var(--ink); stroke-width: 1.5; }
.said { fill: none; stroke: var(--link); stroke-width: 1.75; } .ended { stroke: var(--failed); stroke-width: 2.25; }
.moments { margin-top: 0.75rem; font-size: 0.875rem; }
.moments th, .moments td { border-top: 1px solid var(--line); padding: 0.45rem 0; vertical-align: top; }
.moments th { width: 7.5rem; font-family: var(--mono); color: var(--soft); font-weight: 400; }
.moments p { padding-left: 1em; text-indent: -1em; }
.moments .begins { font-weight: 600; }
@media (max-width: 40rem) { .moments th { width: 5.5rem; } .played .attempt .time { display: none; } }
`;
