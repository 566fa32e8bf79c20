import { styleText } from "node:util";
import { clauseLedger } from "../../../suites/clause-ledger.js";
import { suites } from "../../../suites/index.js";
import type { Contract } from "../../contract/contract.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { wantsColor } from "../print.js";

/** `list --clauses`: who must keep each clause, and what verifies that they do. */
export function listClauses(contract: Contract, json: boolean): string {
  const ledger = clauseLedger(contract, suitesUnder(contract, suites));
  if (json) return JSON.stringify(ledger, null, 2);
  const bold = (text: string): string => (wantsColor(process.stdout) ? styleText("bold", text) : text);
  const entries = ledger.map(({ id, statement, binds, checks, proofs, exclusion }) =>
    [
      `${bold(id)}: ${statement}`,
      `  binds     ${binds.join(", ")}`,
      ...labelled("checks", checks),
      ...labelled(
        "proofs",
        proofs.map(({ file, test }) => `${file}: ${test}`),
      ),
      ...labelled("excluded", exclusion === null ? [] : [exclusion]),
    ].join("\n"),
  );
  const totals = `${ledger.length} clauses; proofs are tests of the sender, in the project's repository`;
  return [...entries, totals].join("\n\n");
}

/** The label stands before the first line alone. */
const labelled = (label: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => `  ${(index === 0 ? label : "").padEnd(10)}${line}`);
