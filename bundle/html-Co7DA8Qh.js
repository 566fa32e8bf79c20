import { n as z, r as $, t as a } from "./preact-DqhWtdmd.js";
import { b as showControlCharacters } from "./lab-DQqfHKWn.js";
import { _ as summaryLine, g as suitesOf, h as remarksOf, m as namesOf, p as failedChecks, v as worstFirst } from "./reports-TZriK1mR.js";
// src/report/matrix/style.ts
const style = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--head:#f6f8fa;
--good:#116329;--bad:#a40e26;--bad-ground:#ffebe9;--open:#7d4e00;--open-ground:#fff8c5}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--soft:#9da7b1;--line:#30363d;--head:#161b22;
--good:#56d364;--bad:#ffa198;--bad-ground:#490202;--open:#f2cc60;--open-ground:#3d2e00}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.35rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
p,ul{margin:.25rem 0}a{color:inherit}code{font:.9em ui-monospace,monospace}
.soft{color:var(--soft)}
.passed{color:var(--good)}.failed,.error{color:var(--bad)}.inconclusive,.not-run{color:var(--open)}
.scroll{overflow:auto;max-height:85vh;border:1px solid var(--line)}
.scroll:focus-visible,a:focus-visible{outline:2px solid currentColor;outline-offset:2px}
table{border-collapse:separate;border-spacing:0;font-size:.85rem}
th,td{padding:.15rem .4rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{position:sticky;background:var(--head);z-index:2}
.grid thead tr:first-child th{top:0;height:2rem;white-space:nowrap;border-left:1px solid var(--line)}
.grid thead tr+tr th{top:2rem;vertical-align:bottom;font-weight:500}
.grid thead tr+tr span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.grid .name{position:sticky;left:0;background:var(--head);z-index:1;min-width:7rem;max-width:16rem;overflow-wrap:anywhere}
.grid thead .name{z-index:3}
.grid td{white-space:nowrap}
.grid td.failed,.grid td.error{background:var(--bad-ground)}.grid td.not-run{background:var(--open-ground)}
.list{border:1px solid var(--line);border-bottom:0}.list tbody th,.list td:last-child{overflow-wrap:anywhere}.list th .soft{font-weight:400}
@media print{.scroll{max-height:none;overflow:visible;border:0}.grid .name,thead th{position:static}}
`;
// src/report/matrix/html.tsx
const words = {
	passed: "pass",
	failed: "fail",
	skipped: "skip",
	"not-run": "not run",
	error: "error"
};
const mostNames = 20;
function renderMatrixHtml(matrix) {
	return `<!doctype html>\n${z(a(Page, { matrix }))}\n`;
}
function Page({ matrix }) {
	const { gate, harness, startedAt, durationMs, notes } = matrix;
	return a("html", {
		lang: "en",
		children: [a("head", { children: [
			a("meta", { charset: "utf-8" }),
			a("meta", {
				name: "viewport",
				content: "width=device-width,initial-scale=1"
			}),
			a("meta", {
				"http-equiv": "Content-Security-Policy",
				content: "default-src 'none'; style-src 'unsafe-inline'"
			}),
			a("title", { children: summaryLine(matrix) }),
			a("style", { dangerouslySetInnerHTML: { __html: style } })
		] }), a("body", { children: a("main", { children: [
			a("h1", { children: summaryLine(matrix) }),
			a("p", { children: [
				"Gate",
				" ",
				a("strong", {
					class: gate.outcome,
					children: [
						gate.outcome,
						", exit code ",
						gate.exitCode
					]
				})
			] }),
			a("p", {
				class: "soft",
				children: [
					harness.name,
					" ",
					harness.version,
					", ",
					a("time", {
						dateTime: startedAt,
						children: startedAt
					}),
					",",
					" ",
					(durationMs / 1e3).toFixed(1),
					" s"
				]
			}),
			notes.length > 0 && a("ul", { children: notes.map((note) => a("li", { children: showControlCharacters(note) })) }),
			a(Grid, { matrix }),
			a(Failures, { matrix }),
			a(Remarks, { matrix })
		] }) })]
	});
}
function Grid({ matrix }) {
	const { checks } = matrix;
	if (matrix.targets.length === 0) return null;
	return a($, { children: [
		a("h2", {
			id: "grid",
			children: "Receivers by checks"
		}),
		a("div", {
			class: "scroll",
			role: "region",
			"aria-labelledby": "grid",
			tabIndex: 0,
			children: a("table", {
				class: "grid",
				children: [a("thead", { children: [a("tr", { children: [
					a("th", {
						class: "name",
						scope: "col",
						rowSpan: 2,
						children: "Receiver"
					}),
					a("th", {
						scope: "col",
						rowSpan: 2,
						children: "Verdict"
					}),
					suitesOf(matrix).map((suite) => a("th", {
						scope: "colgroup",
						colSpan: suite.checks.length,
						children: suite.id
					}))
				] }), a("tr", { children: checks.map(({ id, suite, title, level }) => a("th", {
					scope: "col",
					title: `${title} (${level})`,
					children: a("span", { children: id.startsWith(`${suite}/`) ? id.slice(suite.length + 1) : id })
				})) })] }), a("tbody", { children: worstFirst(matrix).map((target) => a("tr", { children: [
					a("th", {
						class: "name",
						scope: "row",
						title: showControlCharacters(target.url),
						children: a(Name, { target })
					}),
					a("td", {
						class: target.gate.outcome,
						children: target.verdict
					}),
					checks.map(({ id }) => {
						const outcome = target.outcomes[id];
						return outcome === void 0 ? a("td", {}) : a("td", {
							class: outcome,
							children: words[outcome]
						});
					})
				] })) })]
			})
		}),
		a("p", {
			class: "soft",
			children: "A cell is empty where the check was not selected for the receiver."
		})
	] });
}
function Name({ target: { name, files } }) {
	const file = files["html"] ?? files["markdown"] ?? files["json"];
	return file === void 0 ? a($, { children: name }) : a("a", {
		href: file,
		children: name
	});
}
function Failures({ matrix }) {
	const failed = failedChecks(matrix);
	if (failed.length === 0) return null;
	return a($, { children: [a("h2", { children: "Failed checks" }), a("table", {
		class: "list",
		children: [a("thead", { children: a("tr", { children: [
			a("th", {
				scope: "col",
				children: "Check"
			}),
			a("th", {
				scope: "col",
				children: "Level"
			}),
			a("th", {
				scope: "col",
				children: "Receivers"
			}),
			a("th", {
				scope: "col",
				children: "Which"
			})
		] }) }), a("tbody", { children: failed.map(({ check: { id, title, level }, targets }) => a("tr", { children: [
			a("th", {
				scope: "row",
				children: [a("code", { children: id }), a("div", {
					class: "soft",
					children: title
				})]
			}),
			a("td", { children: level }),
			a("td", { children: [
				targets.length,
				" of ",
				matrix.targets.length
			] }),
			a("td", { children: namesOf(targets, mostNames) })
		] })) })]
	})] });
}
function Remarks({ matrix }) {
	const remarks = remarksOf(matrix);
	if (remarks.length === 0) return null;
	return a($, { children: [a("h2", { children: "What stands out" }), a("table", {
		class: "list",
		children: [a("thead", { children: a("tr", { children: [a("th", {
			scope: "col",
			children: "Receivers"
		}), a("th", {
			scope: "col",
			children: "What"
		})] }) }), a("tbody", { children: remarks.map(({ text, targets }) => a("tr", { children: [a("td", { children: namesOf(targets, mostNames) }), a("td", { children: showControlCharacters(text) })] })) })]
	})] });
}
export { renderMatrixHtml };

//# sourceMappingURL=html-Co7DA8Qh.js.map