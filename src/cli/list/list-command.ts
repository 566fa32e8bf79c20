import { counted } from "../../in-words.js";
import { styleText } from "node:util";
import { suites as catalogue } from "../../../suites/index.js";
import { UsageError } from "../../errors.js";
import type { Check } from "../../runner/check.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { contractOf } from "../contract-option.js";
import type { Given } from "../command.js";
import { listOptions } from "./list-options.js";
import { readOptions } from "../option.js";
import { print, wantsColor } from "../print.js";

/** `list`: the catalogue, or what the filters select of it. */
export async function listCommand(given: Given): Promise<number> {
  const { suite, check, skip, level, json, clauses, contract: id } = readOptions(listOptions, given.options);
  const contract = contractOf({ contract: id, method: undefined });
  const suites = suitesUnder(contract, catalogue);
  // `list` starts fast: what matches globs is loaded where there are some.
  const isFiltered = [suite, check, skip, level].some(({ length }) => length > 0);
  if (clauses) {
    if (isFiltered) throw new UsageError("ERR_LIST", "--clauses: expected no filter beside it");
    print((await import("./list-clauses.js")).listClauses(contract, json));
    return 0;
  }
  const selected = isFiltered
    ? (await import("../../runner/selection.js")).selectChecks(suites, {
        suites: suite,
        checks: check,
        skip,
        ...(level.length > 0 && { levels: level }),
      })
    : new Set(suites.flatMap(({ checks }) => checks.map(({ id }) => id)));
  const shown = suites
    .map(({ id, title, checks }) => ({ id, title, checks: checks.filter((each) => selected.has(each.id)) }))
    .filter(({ checks }) => checks.length > 0);
  if (json) {
    print(
      JSON.stringify(
        shown.map((each) => ({ ...each, checks: each.checks.map(facts) })),
        null,
        2,
      ),
    );
    return 0;
  }
  const color = wantsColor(process.stdout);
  const style = (format: "bold" | "dim", text: string): string => (color ? styleText(format, text) : text);
  const width = Math.max(...[...selected].map((id) => id.length));
  const text = shown.map(({ id, title, checks }) =>
    [
      `${style("bold", id)}: ${title}`,
      ...checks.map((each) =>
        `  ${each.level.padEnd(11)}  ${each.id.padEnd(width)}  ${style("dim", basis(each))}`.trimEnd(),
      ),
    ].join("\n"),
  );
  print(`${text.join("\n\n")}\n\n${counted(selected.size, "check")} in ${counted(shown.length, "suite")}`);
  return 0;
}

const basis = ({ clause, source }: Check): string => clause ?? source ?? "";

function facts({ id, title, level, clause, source, needs, sessions, aliases }: Check) {
  return {
    id,
    title,
    level,
    clause,
    source: source ?? null,
    needs: needs ?? [],
    sessions,
    aliases: aliases ?? [],
  };
}
