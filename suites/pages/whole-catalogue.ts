import type { Contract } from "../../src/contract/contract.js";
import type { Suite } from "../../src/runner/check.js";
import { suitesUnder } from "../../src/runner/suites-under.js";

/** Every suite with all of its checks, each as the first contract has it that it fits. */
export function wholeCatalogue(contracts: readonly Contract[], suites: readonly Suite[]) {
  const under = contracts.map((contract) => ({
    contract,
    checks: new Map(suitesUnder(contract, suites).flatMap(({ checks }) => checks.map((check) => [check.id, check]))),
  }));
  /** Those that a check fits, the one first that it is told by. */
  const contractsOf = (id: string): readonly Contract[] =>
    under.flatMap(({ contract, checks }) => (checks.has(id) ? [contract] : []));
  return {
    suites: suites.map((suite) => ({
      ...suite,
      checks: suite.checks.map(
        (check) => under.find(({ checks }) => checks.has(check.id))?.checks.get(check.id) ?? check,
      ),
    })),
    contractsOf,
  };
}
