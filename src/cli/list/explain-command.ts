import { createColors } from "picocolors";
import { suites } from "../../../suites/index.js";
import type { Contract } from "../../contract/contract.js";
import { contracts } from "../../contract/contracts.js";
import { UsageError } from "../../errors.js";
import { wrap } from "../../report/wrap.js";
import type { Check } from "../../runner/check.js";
import { howToDeclare } from "../../runner/how-to-declare.js";
import { namesOf } from "../../runner/selection.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { closest } from "../../input/closest.js";
import type { Given } from "../command.js";
import { contractOf } from "../contract-option.js";
import { readOptions } from "../option.js";
import { explainOptions } from "./list-options.js";
import { print, textWidth, wantsColor } from "../print.js";

/** `explain`: what stands in the catalogue about one check. */
export async function explainCommand({ argument = "", options: raw }: Given): Promise<number> {
  const { contract: id } = readOptions(explainOptions, raw);
  const { check, contract } = findCheck(
    argument,
    raw["contract"] === undefined ? contracts : [contractOf({ contract: id, method: undefined })],
  );
  const colors = createColors(wantsColor(process.stdout));
  const width = textWidth();
  const lines = factsOf(check, contract).flatMap(([label, ...paragraphs]) => {
    const [first = "", ...others] = paragraphs.flatMap((text) => wrap(text, width, " ".repeat(10), " ".repeat(10)));
    return [`${colors.bold(label.padEnd(10))}${first.trimStart()}`, ...others];
  });
  const title = wrap(`It ${check.title}.`, width, "", "");
  print([colors.bold(check.id), ...title, "", ...lines].join("\n"));
  return 0;
}

type Fact = readonly [label: string, ...paragraphs: string[]];

function factsOf(check: Check, contract: Contract): readonly Fact[] {
  const { level, clause, source, needs = [], aliases = [], productionOnly, explain } = check;
  return [
    ["sends", explain.sends],
    ["expects", explain.expects],
    ["why", explain.why],
    ["fix", explain.fix],
    ["level", level],
    clause === null ? (["source", source ?? "good practice"] as const) : clauseFact(clause, contract),
    ...needs.map((need) => ["needs", `${need}: ${howToDeclare[need].is}`] as const),
    ...(productionOnly === true ? [["applies", "to the production address alone, not with --local"] as const] : []),
    ...(aliases.length > 0 ? [["formerly", aliases.join(", ")] as const] : []),
  ];
}

function clauseFact(id: string, contract: Contract): Fact {
  const clause = contract.clauses.find((each) => each.id === id);
  if (clause === undefined) return ["clause", id];
  return ["clause", `${id}: ${clause.statement}`, `From the section "${clause.section}" of ${contract.documentUrl}`];
}

interface Found {
  readonly check: Check;
  readonly contract: Contract;
}

/** By its id, a former one, or the part after the suite where no other check ends so. */
function findCheck(text: string, among: readonly Contract[]): Found {
  const all = among.flatMap((contract) =>
    suitesUnder(contract, suites).flatMap((suite) => suite.checks.map((check): Found => ({ check, contract }))),
  );
  // A check that several contracts have is told as the first of them has it.
  const checks = all.filter(({ check }, index) => all.findIndex((other) => other.check.id === check.id) === index);
  const found = checks.find(({ check }) => namesOf(check).includes(text));
  if (found !== undefined) return found;
  const ending = checks.filter(({ check }) => namesOf(check).some((name) => name.endsWith(`/${text}`)));
  if (ending.length === 1 && ending[0] !== undefined) return ending[0];
  const names = checks.flatMap(({ check }) => namesOf(check));
  const bare = closest(
    text,
    names.map((name) => name.replace(/^.*\//, "")),
  );
  const near = closest(text, names) ?? names.find((name) => name.endsWith(`/${bare}`));
  const isClause = among.some(({ clauses }) => clauses.some(({ id }) => id === text));
  const hint = isClause
    ? "that is a clause; `list --clauses` shows the checks that verify it"
    : near === undefined
      ? "`list` shows them all"
      : `did you mean ${near}?`;
  throw new UsageError("ERR_CHECK", `explain: expected the id of a check, got "${text}"; ${hint}`);
}
