import { renderToString } from "preact-render-to-string";
import type { Report } from "../model.js";
import { evidenceRungs, ofOneOfMany } from "./evidence-limits.js";
import { evidenceOf, leastBytesOf } from "./evidence.js";
import { Page } from "./page.js";
import { shownReport } from "./shown-report.js";
import { toldApart } from "../contracts.js";

/** A page of this size opens at once from a CI artifact; the promise to users is 300 KB. */
const mostBytes = 290_000;

/**
 * The report as one HTML file that needs nothing beside itself: style and script stand in it, nothing is loaded, and
 * without a script all of it can still be read. What came from the receiver is only ever text.
 */
export function renderHtml(report: Report, { dense = false }: { readonly dense?: boolean } = {}): string {
  const shown = shownReport(toldApart(report));
  let page = "";
  for (const limits of dense ? [ofOneOfMany, ...evidenceRungs.slice(-5)] : evidenceRungs) {
    const evidence = new Map(shown.checks.map((check) => [check, evidenceOf(check, limits)] as const));
    const isLast = limits === evidenceRungs.at(-1);
    // Megabytes of evidence need not be rendered to know that they are too many.
    if (!isLast && leastBytesOf([...evidence.values()]) > mostBytes) continue;
    page = `<!doctype html>\n${renderToString(<Page view={{ report: shown, evidence }} />)}\n`;
    if (Buffer.byteLength(page, "utf8") <= mostBytes) break;
  }
  return page;
}
