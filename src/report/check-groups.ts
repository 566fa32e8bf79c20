import type { ReportCheck } from "./model.js";

/** Checks that have a text in common, so that a dead receiver is one paragraph and not sixty lines. */
export interface CheckGroup {
  readonly text: string;
  readonly checks: readonly ReportCheck[];
}

/** Groups checks by each text that they give; the largest group first, then in the order met. */
export function groupByText(
  checks: readonly ReportCheck[],
  textsOf: (check: ReportCheck) => readonly string[],
): CheckGroup[] {
  const groups = new Map<string, ReportCheck[]>();
  for (const check of checks) {
    for (const text of textsOf(check)) {
      const group = groups.get(text);
      if (group === undefined) groups.set(text, [check]);
      else group.push(check);
    }
  }
  return Array.from(groups, ([text, grouped]) => ({ text, checks: grouped })).sort(
    (a, b) => b.checks.length - a.checks.length,
  );
}

/** So many ids are listed one by one; of more, each suite is counted. */
const mostListed = 3;

/** Which checks a group holds: `retries/a, retries/b`, or `retries 6, payload 11`. */
export function membersOf({ checks }: CheckGroup): string {
  if (checks.length <= mostListed) return checks.map(({ id }) => id).join(", ");
  const suites = groupByText(checks, ({ suite }) => [suite]);
  return suites.map(({ text, checks: members }) => `${text} ${members.length}`).join(", ");
}
