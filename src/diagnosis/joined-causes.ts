import type { Contract } from "../contract/contract.js";
import { withFigures } from "../contract/figures.js";
import { joiningRules } from "./joining-rules.js";
import { symptomsOf, type ToldCheck, type Symptom } from "./symptoms.js";

/** One fault, and the checks that it explains. */
export interface JoinedCause {
  readonly id: string;
  readonly says: string;
  readonly fix: string;
  /** Ids. */
  readonly checks: readonly string[];
}

interface Group {
  readonly id: string;
  readonly says: string;
  readonly symptoms: Symptom[];
  /** Null where each check's own hint says it. */
  readonly fix: string | null;
}

const levels = ["required", "recommended", "hardening"];

/**
 * What is behind failed checks: failures that one fault explains are symptoms of one cause, by what the answers show. A
 * check whose mismatches have several faults behind them stands under each; one that no rule explains is its own cause.
 * What could not be run over one of them stands there as well, behind those that failed.
 * @param contract whose callbacks were sent.
 * @returns the gravest first, then the one that explains most.
 */
export function joinCauses(checks: readonly ToldCheck[], contract: Contract): readonly JoinedCause[] {
  const groups = new Map<string, Group>();
  const failedFirst = checks.toSorted((a, b) => Number(b.outcome === "failed") - Number(a.outcome === "failed"));
  const symptoms = failedFirst.flatMap((check) => symptomsOf(check, contract.request));
  const failsInParser = symptoms.some(({ body, status }) => body === "not-json" && (status === 0 || status >= 500));
  for (const found of symptoms) {
    const symptom = found.body === "empty" ? { ...found, body: bodyOfNone(found, failsInParser) } : found;
    const group = groupOf(symptom);
    const known = groups.get(group.id);
    if (known === undefined) groups.set(group.id, group);
    else known.symptoms.push(symptom);
  }
  const rank = ({ symptoms }: Group): number => Math.min(...symptoms.map(({ check }) => levels.indexOf(check.level)));
  const checksOf = ({ symptoms }: Group): readonly ToldCheck[] => [...new Set(symptoms.map(({ check }) => check))];
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || checksOf(b).length - checksOf(a).length)
    .map((group) => ({
      id: group.id,
      says: group.says,
      fix: group.fix === null ? hintsOf(checksOf(group)) : withFigures(group.fix, contract),
      checks: checksOf(group).map(({ id }) => id),
    }));
}

/** Many parsers make an empty object, or nothing, of an empty body: what fails then is whoever reads from that. */
const bodyOfNone = ({ isParserError }: Symptom, failsInParser: boolean): Symptom["body"] =>
  failsInParser || isParserError ? "not-json" : "other-json";

const hintsOf = (checks: readonly ToldCheck[]): string =>
  [...new Set(checks.flatMap(({ hint }) => hint ?? []))].join(" ");

function groupOf(symptom: Symptom): Group {
  const { check } = symptom;
  for (const rule of joiningRules) {
    const what = rule.shows(symptom);
    if (what === null) continue;
    const id = rule.id === "likely" ? (check.likelyCause?.id ?? rule.id) : rule.id;
    return {
      id: what === "" ? id : `${id}: ${what}`,
      says: rule.says(symptom),
      fix: rule.fix(symptom),
      symptoms: [symptom],
    };
  }
  return { id: check.id, says: `${check.id}: ${symptom.says}`, fix: null, symptoms: [symptom] };
}
