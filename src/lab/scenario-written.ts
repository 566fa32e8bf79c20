import type { Contract } from "../contract/contract.js";
import { withFigures } from "../contract/figures.js";
import { UsageError } from "../errors.js";
import { pathText, type Path } from "../input/place.js";
import { expectationOf } from "./leads-to.js";
import type { WrittenAttempts, WrittenDelivery, WrittenExpectation, WrittenScenario } from "./scenario-schema.js";
import type { Expectation, PlannedDelivery, Scenario, Token } from "./scenario.js";
import { piecesOf, readingFor, readPieces } from "./tokens.js";
import { longestDuration, parseDelayMs } from "./words.js";

/** So many sessions at once are a storm; more would only take longer. */
const mostSessions = 1000;

/** Where things stand, as far as that is known. */
interface Places {
  /** `scenario storm.yaml, line 2, column 5, attempts`; of a part between commas, from 0. */
  readonly where: (path: Path, piece?: number) => string;
}

/**
 * A scenario as it was written.
 * @param name where it has none of its own.
 * @throws UsageError `ERR_SCENARIO` that points at the word, or the key.
 */
export function writtenScenario(
  written: WrittenScenario,
  name: string,
  contract: Contract,
  places: Places = { where: (path) => [`scenario ${name}`, pathText(path)].join(", ") },
): Scenario {
  if (written.contract !== undefined && written.contract !== contract.id) {
    throw unusable(places.where(["contract"]), `--contract ${written.contract} beside it, got ${contract.id}`);
  }
  const sessions = sessionsOf(written, contract, places);
  if (sessions.length > mostSessions) {
    throw unusable(places.where(["deliveries"]), `at most ${mostSessions} sessions, got ${sessions.length}`);
  }
  const own = line(written.name ?? name);
  return {
    name: own,
    title: line(withFigures(written.title ?? own, contract)),
    incident: written.incident === undefined ? null : line(withFigures(written.incident, contract)),
    deliveries: sessions.map(({ planned }) => planned),
    expect: {
      deliveries: sessions.map(({ end: { outcome, attempts } }) => ({ outcome, attempts })),
      processed: sessions.map(({ end: { processed } }) => processed),
    },
  };
}

type End = Expectation["deliveries"][number] & { readonly processed: number };

interface Session {
  readonly planned: PlannedDelivery;
  readonly end: End;
}

function sessionsOf(written: WrittenScenario, contract: Contract, places: Places): readonly Session[] {
  const { attempts, deliveries = [], expect = {} } = written;
  const one = (delivery: WrittenDelivery, path: Path): Session => {
    const script = scriptOf(delivery.attempts, [...path, "attempts"], contract, places);
    const planned = { startsAtMs: startOf(delivery.startsAt ?? 0, [...path, "startsAt"], places), script };
    const expectPath = delivery.expect === undefined ? ["expect"] : [...path, "expect"];
    return { planned, end: endOf(planned, { ...expect, ...delivery.expect }, expectPath, contract, places) };
  };
  if (attempts !== undefined) return [one({ attempts }, [])];
  const firstOf: number[] = [];
  const sessions: Session[] = [];
  for (const [index, delivery] of deliveries.entries()) {
    const path = ["deliveries", index];
    const { planned, end } = one(delivery, path);
    firstOf.push(sessions.length);
    const of = delivery.of === undefined ? undefined : firstOf[delivery.of - 1];
    if (delivery.of !== undefined && (of === undefined || delivery.of > index)) {
      throw unusable(places.where([...path, "of"]), `the number of an earlier delivery, got ${delivery.of}`);
    }
    const session: Session = { planned: of === undefined ? planned : { ...planned, of }, end };
    sessions.push(...Array.from({ length: delivery.times ?? 1 }, () => session));
  }
  return sessions;
}

function scriptOf(attempts: WrittenAttempts, path: Path, contract: Contract, { where }: Places): readonly Token[] {
  const pieces =
    typeof attempts === "object"
      ? attempts.map((word, index) => ({
          text: String(word).trim(),
          where: () => where([...path, index], 0),
          empty: "an empty word",
        }))
      : piecesOf(String(attempts), (index) => where(path, index));
  return readPieces(pieces, readingFor(contract));
}

function startOf(startsAt: string | number, path: Path, { where }: Places): number {
  const text = String(startsAt);
  if (/^[0.]+(ms|s|m|h)?$/.test(text)) return 0;
  const ms = parseDelayMs(text);
  if (ms === null) throw unusable(where(path), `a duration of at most ${longestDuration}, such as 30s, got "${text}"`);
  return ms;
}

/** What its script leads to, unless it is said otherwise. */
function endOf(
  planned: PlannedDelivery,
  expected: WrittenExpectation,
  path: Path,
  contract: Contract,
  { where }: Places,
): End {
  const most = contract.retry.delaysMs.length + 1;
  const { deliveries, processed } = expectationOf([planned], contract);
  const [led = { outcome: "abandoned", attempts: most }] = deliveries;
  const outcome = expected.outcome ?? led.outcome;
  const attempts = expected.attempts ?? (outcome === led.outcome ? led.attempts : most);
  if (outcome === "abandoned" && attempts !== most) {
    throw unusable(where([...path, "attempts"]), `${most} where it is abandoned, got ${attempts}`);
  }
  return { outcome, attempts, processed: expected.processed ?? processed[0] ?? 1 };
}

/** A text that was written over several lines, in one. */
const line = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const unusable = (where: string, expected: string): UsageError =>
  new UsageError("ERR_SCENARIO", `${where}: expected ${expected}`);
