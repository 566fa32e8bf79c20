import type { ReportAttempt, ReportRequest, ReportResponse } from "../model.js";

/** How a message is shown: whole, or as what sets it apart from one that is shown whole before it. */
export type ShownAs =
  | { readonly kind: "whole" }
  | { readonly kind: "like"; readonly index: number; readonly differences: readonly string[] };

type HeaderList = readonly (readonly [string, string])[];

/** More differences than these are read more easily as a whole. */
const mostDifferences = 6;

/** A shorter session id also stands by chance where it means something else. */
const shortestSessionId = 8;

/** Twenty equal requests are read once: for each exchange of a check, how its request and its answer are shown. */
export function shownAs(attempts: readonly ReportAttempt[]): readonly { request: ShownAs; response: ShownAs }[] {
  const request = comparer<ReportRequest>(({ method, url, body }) => [method, url, body]);
  const response = comparer<ReportResponse>(({ status, statusText, bodyEnd, body }) => [
    String(status),
    statusText,
    bodyEnd,
    body,
  ]);
  return attempts.map((attempt, index) => ({
    request: request(attempt.request, attempt.sessionId, index),
    response: attempt.response === null ? whole : response(attempt.response, attempt.sessionId, index),
  }));
}

const whole: ShownAs = { kind: "whole" };

/** Two messages are alike when all but their headers is the same, save the session id of each. */
function comparer<Message extends { readonly headers: HeaderList }>(partsOf: (message: Message) => readonly string[]) {
  const wholes = new Map<string, { readonly index: number; readonly lines: readonly string[] }>();
  return (message: Message, sessionId: string, index: number): ShownAs => {
    const general = (text: string): string =>
      sessionId.length < shortestSessionId ? text : text.replaceAll(sessionId, "{session}");
    const lines = message.headers.map(([name, value]) => `${name}: ${general(value)}`);
    const key = JSON.stringify(partsOf(message).map(general));
    const earlier = wholes.get(key);
    if (earlier !== undefined) {
      const differences = differencesOf(earlier.lines, lines);
      if (differences.length <= mostDifferences) return { kind: "like", index: earlier.index, differences };
    }
    wholes.set(key, { index, lines });
    return whole;
  };
}

/** Header lines that the earlier message has not, and the names of those that it alone has. */
function differencesOf(earlier: readonly string[], lines: readonly string[]): string[] {
  const added = without(lines, earlier);
  const names = new Set(added.map(nameOf));
  const gone = without(earlier, lines).map(nameOf);
  return [...added, ...gone.filter((name) => !names.has(name)).map((name) => `(no ${name})`)];
}

const nameOf = (line: string): string => line.split(":", 1)[0] ?? line;

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
