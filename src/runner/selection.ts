import picomatch from "picomatch";
import { UsageError } from "../errors.js";
import { closest } from "../input/closest.js";
import { levels, type Check, type Level, type Suite } from "./check.js";

/** Which checks a run is to run. What is left out selects everything; `skip` takes away from what the others select. */
export interface SelectionOptions {
  /** Globs over suite ids. @default all */
  readonly suites?: readonly string[];
  /** Globs over check ids. @default all */
  readonly checks?: readonly string[];
  /** Globs over check ids that are left out. @default none */
  readonly skip?: readonly string[];
  /** Of `required`, `recommended` and `hardening`. @default all three */
  readonly levels?: readonly string[];
}

/**
 * @returns the ids of the selected checks.
 * @throws UsageError `ERR_FILTER` for a filter that matches nothing, so that a typing error cannot turn a run green.
 */
export function selectChecks(suites: readonly Suite[], options: SelectionOptions): ReadonlySet<string> {
  const all = suites.flatMap(({ checks }) => checks);
  const bySuite = filter("--suite", options.suites, suites, ({ id }) => [id]).flatMap(({ checks }) => checks);
  const byCheck = new Set(filter("--check", options.checks, all, namesOf));
  const skipped = new Set((options.skip ?? []).length === 0 ? [] : filter("--skip", options.skip, all, namesOf));
  const ofLevels = new Set((options.levels?.length ? options.levels : levels).map(levelOf));
  const selected = bySuite.filter((check) => byCheck.has(check) && !skipped.has(check) && ofLevels.has(check.level));
  if (selected.length === 0) {
    throw new UsageError("ERR_FILTER", "the filters together (--suite, --check, --skip, --level) select no check");
  }
  return new Set(selected.map(({ id }) => id));
}

/** What may stand around an id in a glob that names it. */
const globPunctuation = /[/{},()|]/;

/**
 * @returns the ids of the selected checks that the filters name rather than merely match, by the suite's id or their
 * own: `load`, `load/*` and `{load,fuzz}` name the suite load, `*` and `lo*` do not.
 */
export function namedChecks(suites: readonly Suite[], options: SelectionOptions): ReadonlySet<string> {
  const names = (pattern: string, id: string): boolean => {
    const words = new Set(pattern.split(globPunctuation));
    return idMatcher(pattern)(id) && id.split("/").some((part) => words.has(part));
  };
  const isNamed = (suite: Suite, check: Check): boolean =>
    (options.suites ?? []).some((pattern) => names(pattern, suite.id)) ||
    (options.checks ?? []).some((pattern) => namesOf(check).some((id) => names(pattern, id)));
  const selected = selectChecks(suites, options);
  const named = suites.flatMap((suite) => suite.checks.filter((check) => isNamed(suite, check)));
  return new Set(named.map(({ id }) => id).filter((id) => selected.has(id)));
}

/** Current and former ids of a check. */
export const namesOf = ({ id, aliases = [] }: Check): readonly string[] => [id, ...aliases];

/** Whether a glob over ids matches; `*` stays within a suite, `**` does not. */
export function idMatcher(pattern: string): (id: string) => boolean {
  // picomatch refuses an empty pattern; it matches no id.
  return pattern === "" ? () => false : picomatch(pattern, { nonegate: true });
}

function filter<T>(
  option: string,
  patterns: readonly string[] | undefined,
  items: readonly T[],
  names: (item: T) => readonly string[],
): readonly T[] {
  if (patterns === undefined || patterns.length === 0) return items;
  const found = new Set<T>();
  for (const pattern of patterns) {
    const matches = idMatcher(pattern);
    const matched = items.filter((item) => names(item).some((name) => matches(name)));
    if (matched.length === 0) throw matchesNothing(option, pattern, items.flatMap(names));
    for (const item of matched) found.add(item);
  }
  return items.filter((item) => found.has(item));
}

function matchesNothing(option: string, pattern: string, known: readonly string[]): UsageError {
  const near = nearest(pattern, known);
  const all = option === "--suite" ? `there are ${known.join(", ")}` : "`list` shows them all";
  return new UsageError(
    "ERR_FILTER",
    `${option}: expected an id or a glob that matches one, got "${pattern}"; ${near === undefined ? all : `did you mean ${near}?`}`,
  );
}

/** The id that was probably meant, also by the part of it behind the suite; for a suite among checks all of its own. */
function nearest(pattern: string, known: readonly string[]): string | undefined {
  const bare = pattern.replaceAll("*", "").replace(/\/$/, "");
  if (known.some((name) => name.startsWith(`${bare}/`))) return `${bare}/*`;
  const whole = closest(bare, known);
  if (bare === "" || whole !== undefined) return whole;
  const [suite = ""] = pattern.split("/");
  const meant = closest(suite, known.map(firstPart));
  if (meant !== undefined && meant !== suite) {
    const mended = meant + pattern.slice(suite.length);
    const matches = idMatcher(mended);
    if (known.some((name) => matches(name))) return mended;
  }
  const ending = closest(bare.replace(/^.*\//, ""), known.map(lastPart));
  return known.find((name) => lastPart(name) === ending) ?? known.find((name) => bare.includes(name));
}

const firstPart = (id: string): string => id.replace(/\/.*$/, "");
const lastPart = (id: string): string => id.replace(/^.*\//, "");

function levelOf(text: string): Level {
  const level = levels.find((known) => known === text);
  if (level === undefined) throw new UsageError("ERR_FILTER", `--level: expected ${levels.join(", ")}, got "${text}"`);
  return level;
}
