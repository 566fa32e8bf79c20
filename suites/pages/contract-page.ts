import type { Contract } from "../../src/contract/contract.js";
import type { Suite } from "../../src/runner/check.js";
import { clauseLedger, type LedgerEntry } from "../clause-ledger.js";
import { anchor, code, link, madeFrom, plain, points } from "./markdown.js";

/** From the folder of the contract. */
const root = "../../";

/** What is documented and what verifies it, and what we decided where nothing is said; in Markdown. */
export function contractPage(contract: Contract, suites: readonly Suite[]): string {
  return [
    madeFrom("batch-clauses.ts, decisions.ts and suites/clause-ledger.ts"),
    "# The contract",
    `What ${link("Scriptix documents", contract.documentUrl)} about its webhook callback, restated as numbered clauses, and what we decided where it says nothing. Both stand as data in this folder (${link("batch-clauses.ts", "batch-clauses.ts")}, ${link("decisions.ts", "decisions.ts")}, ${link("batch.ts", "batch.ts")}): change a figure there and the sender, the checks, the help and the reports follow.`,
    "## What is documented",
    "A clause binds the sender, whom this project plays and whose tests prove that it keeps it, or the receiver, whom a check judges, or both.",
    ...clauseLedger(contract, suites).flatMap(aboutClause),
    "## What it leaves open, and what we decided",
    "Every report states these decisions.",
    ...contract.decisions.flatMap(({ id, question, decision, reason }) => [
      `### ${id}`,
      `${plain(question)}: **${plain(decision)}** ${plain(reason)}`,
    ]),
    "## How to add a contract",
    [
      `1. Write it as data beside ${link("batch.ts", "batch.ts")}: its method, the names of its headers and body members, its deadline and schedule, its clauses with ids of their own, and what was decided where its page is silent. It has to be a callback that names one session in a header and in a body member, as ${link("toy-contract.test.ts", "../../fixtures/toy-contract.test.ts")} shows with another service's.`,
      `2. Add it to the list in ${link("contracts.ts", "contracts.ts")}: ${code("--contract")} then offers it to ${code("run")}, ${code("send")}, ${code("repro")}, ${code("doctor")}, ${code("list")} and ${code("explain")}.`,
      `3. In the suites, a check that does not make sense for every contract says in ${code("fits")} which it is for; one whose clause the contract does not have is good practice under it, and never required. Figures stand in sentences as ${code("{deadline}")}, ${code("{attempts}")}, ${code("{retries}")}, ${code("{span}")} and ${code("{method}")}.`,
    ].join("\n"),
    "",
  ].join("\n\n");
}

function aboutClause({ id, section, statement, binds, checks, proofs, exclusion }: LedgerEntry): readonly string[] {
  return [
    `### ${id}`,
    plain(statement),
    points([
      ["Section", plain(section)],
      ["Binds", binds.join(" and ")],
      ["Checks", checks.length === 0 ? null : checks.map(linkToCheck).join(", ")],
      ["Proofs", proofs.length === 0 ? null : [...new Set(proofs.map(({ file }) => file))].map(linkToTest).join(", ")],
      ["Not verified", exclusion === null ? null : plain(exclusion)],
    ]),
  ];
}

function linkToCheck(id: string): string {
  const [suite = "", name = ""] = id.split("/");
  return link(code(id), `${root}suites/${suite}.md${anchor(name)}`);
}

const linkToTest = (file: string): string => link(file.replace(/^src\//, ""), root + file);
