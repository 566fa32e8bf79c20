import type { Contract } from "../contract/contract.js";
import { withFigures } from "../contract/figures.js";
import type { Check, Suite } from "./check.js";

/** Made once for all the receivers of a run over many. */
const made = new WeakMap<Contract, WeakMap<readonly Suite[], readonly Suite[]>>();

/** The suites as they stand under one contract: the checks that fit it, with its figures in their sentences. */
export function suitesUnder(contract: Contract, suites: readonly Suite[]): readonly Suite[] {
  const ofContract = made.get(contract) ?? new WeakMap<readonly Suite[], readonly Suite[]>();
  made.set(contract, ofContract);
  const known = ofContract.get(suites) ?? fitted(contract, suites);
  ofContract.set(suites, known);
  return known;
}

function fitted(contract: Contract, suites: readonly Suite[]): readonly Suite[] {
  return suites
    .filter(({ fits }) => fits?.(contract) ?? true)
    .map((suite) => ({
      ...suite,
      checks: suite.checks.filter(({ fits }) => fits?.(contract) ?? true).map((check) => checkUnder(contract, check)),
    }))
    .filter(({ checks }) => checks.length > 0);
}

/** What no page of the contract says is not required under it: there the check is good practice. */
function checkUnder(contract: Contract, check: Check): Check {
  const { explain, clause } = check;
  const said = (text: string): string => withFigures(text, contract);
  const isSaid = clause === null || contract.clauses.some(({ id }) => id === clause);
  return {
    ...check,
    ...(!isSaid && {
      level: check.level === "required" ? "recommended" : check.level,
      clause: null,
      source: check.source ?? "good practice",
    }),
    title: said(check.title),
    explain: {
      sends: said(explain.sends),
      expects: said(explain.expects),
      why: said(explain.why),
      fix: said(explain.fix),
    },
  };
}
