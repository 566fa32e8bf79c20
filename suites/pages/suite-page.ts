import type { Contract } from "../../src/contract/contract.js";
import type { Check, Level, Suite } from "../../src/runner/check.js";
import { howToDeclare } from "../../src/runner/how-to-declare.js";
import { contractFile } from "./contract-page.js";
import { anchor, code, link, madeFrom, plain, points, table } from "./markdown.js";

/** A receiver that is broken on purpose. */
export interface BrokenReceiver {
  readonly id: string;
  readonly title: string;
  /** Ids of the checks that it fails. */
  readonly fails: readonly string[];
}

/** The contracts that a check fits, the one first that it is told by. */
export type ContractsOf = (id: string) => readonly Contract[];

/** Whatever a page is not about is told of on another one. */
const contractPage = (contract: Contract | undefined): string =>
  `../src/contract/${contract === undefined ? "README.md" : contractFile(contract)}`;

/** The page of one suite, in Markdown. */
export function suitePage(suite: Suite, broken: readonly BrokenReceiver[], contractsOf: ContractsOf): string {
  const { id, title, checks } = suite;
  return [
    madeFrom(`the checks in ${id}.ts`),
    `# ${id}`,
    `${plain(title)}.`,
    ...whenItIsSent(suite),
    "```sh\n" +
      `npx webhook-conformance run https://hooks.example.com/scriptix --suite ${id}\n` +
      `npx webhook-conformance explain ${checks[0]?.id}\n` +
      "```",
    table(
      ["check", "level", "from"],
      checks.map((check) => [link(nameOf(check), anchor(nameOf(check))), check.level, basis(check, contractsOf)]),
    ),
    ...checks.flatMap((check) => aboutCheck(check, broken, contractsOf)),
    "",
  ].join("\n\n");
}

function whenItIsSent({ separate, publicOnlyByName }: Suite): readonly string[] {
  return [
    ...(separate === true ? ["It starts when every suite before it has ended, since it could disturb them."] : []),
    ...(publicOnlyByName === true ? ["It is sent to a public host only when it, or a check of it, is named."] : []),
  ];
}

const nameOf = ({ id }: Pick<Check, "id">): string => id.slice(id.indexOf("/") + 1);

function basis({ id, clause, source }: Check, contractsOf: ContractsOf): string {
  return clause === null
    ? plain(source ?? "good practice")
    : link(clause, contractPage(contractsOf(id)[0]) + anchor(clause));
}

const meaning: Readonly<Record<Level, string>> = {
  required: "it is documented",
  recommended: "documented, or good practice in the field",
  hardening: "hostile or unlucky input",
};

function aboutCheck(check: Check, broken: readonly BrokenReceiver[], contractsOf: ContractsOf): readonly string[] {
  const { title, level, clause, needs = [], aliases = [], sessions, productionOnly, explain } = check;
  const fitting = contractsOf(check.id);
  const statement = fitting[0]?.clauses.find(({ id }) => id === clause)?.statement;
  const needed = needs.map((need) => `${need}, that is ${plain(howToDeclare[need].is)}`);
  return [
    `## ${nameOf(check)}`,
    `${code(check.id)}: a good receiver ${plain(title)}.`,
    points([
      ["What is sent", plain(explain.sends)],
      ["What is expected", plain(explain.expects)],
      ["Why", plain(explain.why)],
      ["How to fix it", plain(explain.fix)],
      ["Level", `${level}: ${meaning[level]}`],
      [
        clause === null ? "Source" : "Clause",
        statement === undefined ? basis(check, contractsOf) : `${basis(check, contractsOf)}: ${plain(statement)}`,
      ],
      ["Needs", needed.length === 0 ? null : needed.join("; and ")],
      ["Applies", productionOnly === true ? `to the production address alone, not with ${code("--local")}` : null],
      ["Contracts", fitting.map(({ id }) => code(id)).join(", ")],
      ["How it is sent", howItIsSent(check)],
      ["Takes", sessions === 0 ? null : `${sessions} ${sessions === 1 ? "session id" : "session ids"}`],
      ["Formerly", aliases.length === 0 ? null : aliases.map(code).join(", ")],
      ["A receiver that fails it", exampleOf(check.id, broken)],
    ]),
  ];
}

function howItIsSent({ pace = "side-by-side" }: Check): string | null {
  switch (pace) {
    case "side-by-side":
      return null;
    case "alone":
      return "alone, since it measures time";
    case "rough":
      return "alone, with a documented callback after it as a control, since it stalls or floods";
  }
}

/** The receiver that fails least beside it. */
function exampleOf(id: string, broken: readonly BrokenReceiver[]): string | null {
  const failing = broken.filter(({ fails }) => fails.includes(id));
  const [best] = failing.toSorted((a, b) => a.fails.length - b.fails.length);
  if (best === undefined) return null;
  return `${code(`receiver --faulty ${best.id}`)}. ${plain(best.title)}`;
}
