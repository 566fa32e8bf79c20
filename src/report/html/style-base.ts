/** Colours in pairs, for light and for dark; type; the first screenful; the filter. */
export const base = `
:root {
  color-scheme: light dark;
  --page: light-dark(#fafaf8, #111316);
  --surface: light-dark(#ffffff, #191c20);
  --sunken: light-dark(#f4f4f1, #14171a);
  --ink: light-dark(#1b1e23, #e7e9ec);
  --soft: light-dark(#59606b, #9ba3ae);
  --line: light-dark(#e4e4df, #2b3037);
  --link: light-dark(#1f5aa6, #8fbcff);
  --failed: light-dark(#b42318, #ff8f85);
  --failed-wash: light-dark(#fdf2f0, #2a1a1a);
  --passed: light-dark(#1d6b42, #79cf9d);
  --warned: light-dark(#85560a, #ecc06a);
  --warned-wash: light-dark(#fbf5e6, #272113);
  --error: light-dark(#6a3d9a, #c6a8f0);
  --bar-passed: light-dark(#6fae8b, #3f8f66);
  --bar-failed: light-dark(#cf5a4e, #d9655a);
  --bar-warned: light-dark(#d9a441, #b98a2e);
  --bar-error: light-dark(#9a76c4, #8f6bbd);
  --bar-skipped: light-dark(#d5d6d2, #3a4048);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); max-width: 72rem;
  background: var(--page); color: var(--ink);
  font: 0.9375rem/1.55 var(--sans); overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, pre, fieldset { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 0.9375rem; font-weight: 600; }
a { color: var(--link); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
code, pre, .target, .self { font-family: var(--mono); font-size: 0.92em; font-weight: 400; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.sprite { position: absolute; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: var(--surface); z-index: 1; }
.count { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
.lead, small { color: var(--soft); }
.tag {
  display: inline-block; padding: 0 0.45em; border: 1px solid var(--line); border-radius: 1em;
  font-size: 0.75rem; font-weight: 400; line-height: 1.5; color: var(--soft); white-space: nowrap;
}
.label, dt, legend, th, .overline {
  color: var(--soft); font-size: 0.8125rem; font-weight: 400; text-align: left;
}

/* Icons */
.icon { width: 1.1em; height: 1.1em; flex: none; color: var(--soft); }
.icon .disc, .disc { fill: none; stroke: currentColor; stroke-width: 1.3; }
.stroke { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.icon.failed { color: var(--failed); } .icon.passed { color: var(--passed); }
.icon.not-run { color: var(--warned); } .icon.error { color: var(--error); }

/* First screenful */
.hero {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 30rem); gap: 1.75rem 3.5rem;
  padding: clamp(1rem, 3vw, 1.75rem) 0 1.25rem; align-items: start;
}
.hero h1 {
  display: flex; align-items: center; gap: 0.35em; margin: 0.35rem 0 0.6rem -0.05em;
  font-size: clamp(2rem, 5vw, 2.75rem); line-height: 1.1; font-weight: 680; letter-spacing: -0.025em;
}
.hero h1 .icon { width: 0.82em; height: 0.82em; }
h1.conformant { color: var(--passed); } h1.non-conformant { color: var(--failed); } h1.inconclusive { color: var(--warned); }
.verdict .lead { color: var(--ink); }
.target { font-size: 1rem; margin-bottom: 0.6rem; }
.gate { margin-top: 0.6rem; font-size: 0.875rem; color: var(--soft); }
.gate .failed { color: var(--failed); } .gate .passed { color: var(--passed); } .gate .inconclusive { color: var(--warned); }
.hero time { white-space: nowrap; }
.hero > .notes { grid-column: 1 / -1; }
.notes {
  padding: 0.75rem 1rem; border-left: 3px solid var(--bar-warned); background: var(--warned-wash); border-radius: 0 6px 6px 0;
}
.notes li + li { margin-top: 0.4rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
.levels th, .levels td { padding: 0.5rem 0 0.5rem 0.5rem; text-align: right; vertical-align: top; border-top: 1px solid var(--line); }
.levels thead th { border: 0; padding-block: 0.2rem; white-space: nowrap; }
.levels th:first-child { text-align: left; padding-left: 0; width: 38%; }
.levels tbody th { color: var(--ink); font-size: 0.9375rem; }
.levels td { font-size: 1.0625rem; line-height: 1.4; }
.levels td a { color: inherit; text-decoration: none; display: inline-block; min-width: 1.6em; }
.levels td a:hover { text-decoration: underline; }
.levels .failed { color: var(--failed); font-weight: 650; } .levels .passed { color: var(--passed); }
.levels .not-run { color: var(--warned); } .levels .error { color: var(--error); }
.levels .none { color: var(--soft); opacity: 0.75; }
.bar { display: block; margin-top: 0.4rem; border-radius: 3px; overflow: hidden; }
rect.passed { fill: var(--bar-passed); } rect.failed { fill: var(--bar-failed); } rect.not-run { fill: var(--bar-warned); }
rect.error { fill: var(--bar-error); } rect.skipped { fill: var(--bar-skipped); }
.facts { grid-column: 1 / -1; }
.clauses { border-top: 1px solid var(--line); padding-top: 1.25rem; }
.clauses h2 { font-size: 0.9375rem; font-weight: 600; letter-spacing: 0; margin-bottom: 0.5rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.35fr) minmax(0, 1.65fr); gap: 1rem 2.5rem; }
.columns h3 { display: flex; align-items: baseline; gap: 0.4em; font-weight: 400; }
.columns .count { font-size: 1.5rem; line-height: 1.2; font-weight: 650; }
.columns .violated h3 .count { color: var(--failed); } .columns .verified h3 .count { color: var(--passed); }
.columns ul { display: flex; flex-wrap: wrap; gap: 0 0.9em; font-size: 0.8125rem; line-height: 1.7; }
.columns li { max-width: 100%; }
.columns a { color: var(--soft); text-decoration: none; } .columns a:hover { color: var(--link); text-decoration: underline; }
.columns .violated a { color: var(--failed); }
.facts {
  display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.75rem 2.5rem;
  font-size: 0.875rem; padding: 0.5rem 0;
}

/* Filter */
main { border-top: 1px solid var(--line); padding-top: 1.25rem; }
main > .causes { padding: 0 0 1rem; }
.filter { font-size: 0.875rem; }
.filter summary { color: var(--soft); cursor: pointer; padding: 0.25rem 0; width: fit-content; }
fieldset { border: 0; min-width: 0; padding: 0.3rem 0; }
legend { float: left; width: 5.5rem; line-height: 1.9rem; padding: 0; }
.chips { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.chip { position: relative; display: inline-flex; }
.chip input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
.chip span { padding: 0.15rem 0.7rem; border: 1px solid var(--line); border-radius: 2em; background: var(--surface); }
.chip i { font-style: normal; color: var(--soft); font-variant-numeric: tabular-nums; }
.chip input:hover + span { border-color: var(--soft); }
.chip input:checked + span { background: var(--ink); border-color: var(--ink); color: var(--page); }
.chip input:checked + span i { color: inherit; }
.chip input:focus-visible + span { outline: 2px solid var(--link); outline-offset: 2px; }
.shown { display: flex; gap: 1rem; align-items: center; min-height: 2.25rem; color: var(--soft); }
button {
  font: inherit; font-size: 0.8125rem; color: var(--link); background: var(--surface); cursor: pointer;
  border: 1px solid var(--line); border-radius: 5px; padding: 0.15rem 0.7rem;
}
button:hover { border-color: currentColor; }

/* Sections */
main > section { padding-top: 2.25rem; }
main > section > .lead { margin-top: 0.15rem; }
section[data-group] > section { margin-top: 1.25rem; }
section > section > h3 { font-size: 1.0625rem; display: flex; flex-wrap: wrap; gap: 0.2rem 0.5em; align-items: baseline; margin-bottom: 0.6rem; }
section > section > h3::first-letter { text-transform: uppercase; }
section > h3 small { font-weight: 400; font-size: 0.8125rem; }
.causes ol { list-style: decimal; padding-left: 1.5rem; margin-top: 0.75rem; max-width: 62rem; }
.causes li { padding: 0.55rem 0; } .causes li + li { border-top: 1px solid var(--line); }
.causes li::marker { color: var(--soft); font-variant-numeric: tabular-nums; }
.says { font-weight: 620; }
.search label { color: var(--soft); }
input[type="search"] {
  font: inherit; color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-radius: 5px;
  padding: 0.2rem 0.6rem; width: min(22rem, 100%);
}
.fold { padding-top: 1.5rem; } .fold > summary { width: fit-content; } .fold > summary h2 { display: inline; }
.members { color: var(--soft); font-size: 0.8125rem; }
`;
