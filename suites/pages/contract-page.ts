import { batch } from "../../src/contract/batch.js";
import { contracts } from "../../src/contract/contracts.js";
import type { Contract } from "../../src/contract/contract.js";
import type { Suite } from "../../src/runner/check.js";
import { clauseLedger, type LedgerEntry } from "../clause-ledger.js";
import { anchor, code, link, madeFrom, plain, points } from "./markdown.js";

/** From the folder of the contract. */
const root = "../../";

/** Where the page of a contract stands, beside its data. */
export const contractFile = ({ id }: Contract): string => (id === batch.id ? "README.md" : `${id}.md`);

/** What is documented and what verifies it, and what we decided where nothing is said; in Markdown. */
export function contractPage(contract: Contract, suites: readonly Suite[]): string {
  const { id, name } = contract;
  const isFirst = id === batch.id;
  return [
    madeFrom(`${isFirst ? "batch-clauses.ts" : `${id}.ts`}, decisions.ts and suites/clause-ledger.ts`),
    isFirst ? "# The contract" : `# The contract ${code(id)}`,
    `What ${link("Scriptix documents", contract.documentUrl)} about its webhook callback (${plain(name)}), restated as numbered clauses, and what we decided where it says nothing. All of it stands as data in this folder (${code(`${id}.ts`)}, ${code("decisions.ts")}): change a figure there and the sender, the checks, the help and the reports follow.`,
    ...(isFirst ? [`The same service has other callbacks: ${others()}.`] : []),
    "## What is documented",
    "A clause binds the sender, whom this project plays and whose tests prove that it keeps it, or the receiver, whom a check judges, or both.",
    ...clauseLedger(contract, suites).flatMap(aboutClause),
    "## What it leaves open, and what we decided",
    "Every report states these decisions.",
    ...contract.decisions.flatMap(({ id: decisionId, question, decision, reason }) => [
      `### ${decisionId}`,
      `${plain(question)}: **${plain(decision)}** ${plain(reason)}`,
    ]),
    ...(isFirst ? howToAdd : []),
    "",
  ].join("\n\n");
}

const others = (): string =>
  contracts
    .filter(({ id }) => id !== batch.id)
    .map((contract) => link(contract.id, contractFile(contract)))
    .join(", ");

const howToAdd: readonly string[] = [
  "## How to add a contract",
  "A contract is data; nothing outside of this folder and of the suites knows one by name.",
  [
    `1. Write it beside ${code("batch.ts")}. ${code("headers")} and ${code("body")} are what a callback says, with ${code("{sessionId}")}, ${code("{documentId}")}, ${code("{timestamp}")} and ${code("{number}")} in their places; ${code("subject")} is what it is about, ${code("effect")} how often that has to be processed, ${code("failedBody")} what is told of a job that failed, ${code("signature")} what is signed. Deadline, schedule and URL rules are figures, its clauses have ids and sections, and where its page is silent stands a decision. ${code("fixtures/toy-contract.test.ts")} plays another service's.`,
    `2. Add it to the list in ${code("contracts.ts")}: ${code("--contract")} then offers it to every command, in config and targets files, in the library and under Vitest, and the reference receiver follows it.`,
    `3. In the suites, a check or a suite that does not make sense for every contract says in ${code("fits")} which it is for; one whose clause the contract does not have is good practice under it, and never required. Figures stand in sentences as ${code("{deadline}")}, ${code("{attempts}")}, ${code("{retries}")}, ${code("{span}")}, ${code("{once}")} and ${code("{method}")}. What only the new one asks is a suite of its own.`,
  ].join("\n"),
];

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

/** Named, not linked: the pages are in the package, and tests are not. */
const linkToTest = (file: string): string => code(file.replace(/^src\//, ""));
