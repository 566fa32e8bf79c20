import type { LikelyCause } from "../report/model.js";
import { listed } from "../in-words.js";
import type { Attempt } from "../sender/attempt.js";

/** One attempt, for whoever has to find out which of them did it. */
export interface Sent {
  readonly check: string;
  /** What was special about it; empty for the documented callback. */
  readonly label: string;
}

/** The receiver's port was closed: its process has ended, or nobody listens any more. */
export interface Death {
  /** What it was sent last before that, or had under way; the latest first. */
  readonly after: readonly Sent[];
}

/** Whether anybody listens, and what was sent before nobody did. */
export interface Vitals {
  /** All that there were, those after which somebody listened again among them. */
  readonly deaths: readonly Death[];
  /** Says that something is sent now; what comes of it is to be told to what is returned, null where it was broken off. */
  sends(sent: Sent): (attempt: Attempt | null) => void;
  /** Somebody other than a sender found that nobody listens. */
  findsNobody(): void;
  /** Null while somebody listens. */
  readonly death: Death | null;
  /** The first death of this check alone, else the first that came after something of it too; null where none did. */
  deathBy(check: string): Death | null;
  /** A check was played alone, and the process did not end over it. */
  acquits(check: string): void;
  /** Of those that come into question each was played alone, and it was none of them. */
  isByNoneOf(death: Death): boolean;
}

/** No connection is made where there was one before. */
export const isNobody = ({ outcome }: Attempt): boolean =>
  outcome.kind === "failed" && outcome.reason === "connect" && outcome.phase === "connect";

/** Whether something special was sent before it that was not, or not alone, of this check. */
export const mayBeDeathByOthers = (death: Death, check: string): boolean =>
  isAfterSpecial(death) && !isDeathByThis(death, check);

/** Whether nothing but this check comes into question. */
export const isDeathByThis = ({ after }: Death, check: string): boolean =>
  after.length > 0 && after.every((sent) => sent.check === check);

/** Whether it came after something other than the documented callback. */
export const isAfterSpecial = ({ after }: Death): boolean => after.some(isSpecial);

/** @param isExpected something was acknowledged before, so that somebody has listened. */
export function createVitals(isExpected: () => boolean): Vitals {
  const underWay = new Set<Sent>();
  /** What ended without an answer, and no answer came since to anything that was sent after it. */
  let unanswered: { readonly sent: Sent; readonly endedAs: number }[] = [];
  /** Counts what is sent and what ends, so that it is known what came after what. */
  let turn = 0;
  let last: Sent | null = null;
  /** The last that was special, and how many plain ones were answered since. */
  let lastSpecial: { readonly sent: Sent; since: number } | null = null;
  /**
   * Those that were special and ended within a second before its last sign of life, the latest first. What is cut gets no
   * answer, whatever it leads to.
   */
  let special: { readonly sent: Sent; readonly endedAtMs: number }[] = [];
  /** In what order it was sent. */
  const order = new WeakMap<Sent, number>();
  /** What found nobody, and has harmed nobody. */
  const turnedAway = new WeakSet<Sent>();
  let death: Death | null = null;
  const deaths: Death[] = [];
  const acquitted = new Set<string>();

  function dies(): void {
    const candidates = new Set([...unanswered.map(({ sent }) => sent), ...underWay]);
    // What was answered may have been the death of it all the same, by what was left to be done after the answer: any of
    // those that came so late, since a process may answer others meanwhile.
    const late = new Set([
      ...(lastSpecial !== null && lastSpecial.since <= mostSince ? [lastSpecial.sent] : []),
      ...special.map(({ sent }) => sent),
    ]);
    const lastAnswered = last === null ? [] : [last];
    death = {
      get after() {
        const arrived = [...candidates].filter((sent) => !turnedAway.has(sent));
        const unheard = arrived.filter(isSpecial);
        // What got no answer did it, as good as surely, or was under way when what its check had sent before did; where
        // several checks got none, it may have been none of theirs.
        const checks = new Set(unheard.map(({ check }) => check));
        const suspects = new Set([
          ...unheard,
          ...[...late].filter(({ check }) => checks.size !== 1 || checks.has(check)),
        ]);
        const those = suspects.size > 0 ? suspects : new Set([...arrived, ...lastAnswered]);
        return [...those].sort((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0));
      },
    };
    deaths.push(death);
  }

  const vitals: Vitals = {
    sends(sent) {
      underWay.add(sent);
      const sentAs = (turn += 1);
      order.set(sent, sentAs);
      return (attempt) => {
        underWay.delete(sent);
        const endedAs = (turn += 1);
        if (attempt === null) {
          unanswered.push({ sent, endedAs });
          return;
        }
        if (isNobody(attempt)) {
          turnedAway.add(sent);
          vitals.findsNobody();
          return;
        }
        if (death !== null) {
          // It was started anew: what came before is none of the new one's.
          death = null;
          lastSpecial = null;
          special = [];
        }
        const endedAtMs = attempt.startedAt + attempt.timings.endMs;
        special = special.filter((each) => each.endedAtMs >= endedAtMs - lateMs);
        if (isSpecial(sent)) {
          lastSpecial = { sent, since: 0 };
          special.unshift({ sent, endedAtMs });
        }
        if (!isSpecial(sent) && lastSpecial !== null && attempt.response !== null) lastSpecial.since += 1;
        if (attempt.response === null) {
          unanswered.push({ sent, endedAs });
        } else {
          unanswered = unanswered.filter((before) => before.endedAs > sentAs);
          last = sent;
        }
      };
    },
    findsNobody() {
      if (death === null && isExpected()) dies();
    },
    get death() {
      return death;
    },
    deaths,
    deathBy: (check) =>
      deaths.find((each) => isDeathByThis(each, check)) ??
      deaths.find(({ after }) => after.some((sent) => sent.check === check)) ??
      null,
    acquits: (check) => void acquitted.add(check),
    isByNoneOf(of) {
      const checks = checksIn(of).filter(isCheck);
      return checks.length > 0 && checks.every((check) => acquitted.has(check));
    },
  };
  return vitals;
}

/** A process may take another callback or two before it notices. */
const mostSince = 2;
/** Work that fails after its answer does so within this, in milliseconds. */
export const lateMs = 1000;

export const isSpecial = ({ label }: Sent): boolean => label !== "";

/** More would be no help. */
const mostNamed = 3;
/** As many as run side by side by default. */
const mostChecks = 8;

/** `the callback "cut in the middle of the body" of retries/…`, and what else it may have been. */
function lastBefore(death: Death): string {
  const checks = checksIn(death).filter(isCheck);
  if (checks.length > 1) return `one of those that these sent, the latest first: ${named(checks, mostChecks, "and")}`;
  return death.after.length === 0 ? "a documented callback" : anyOf(death.after);
}

/** `the callback "odd" of a/check or the documented callback of b/check`. */
export const anyOf = (sent: readonly Sent[]): string => named([...new Set(sent.map(nameOf))], mostNamed, "or");

/** `a, b or c`, and how many more. */
function named(names: readonly string[], most: number, word: "and" | "or"): string {
  const unnamed = names.length - most;
  const more = unnamed <= 0 ? [] : [unnamed === 1 ? "another" : `${unnamed} others`];
  return listed([...names.slice(0, most), ...more], word);
}

const checksIn = ({ after }: Death): readonly string[] => [...new Set(after.map(({ check }) => check))];

/** What a run sends for itself is no check's. */
const isCheck = (owner: string): boolean => owner !== "baseline";

function nameOf({ check, label }: Sent): string {
  if (!isCheck(check)) return "a documented callback sent as a control";
  return `the ${label === "" ? "documented callback" : `callback "${label}"`} of ${check}`;
}

/** What to say where nobody listens any more. */
export const endedAfter = (death: Death): string =>
  `the receiver's process has ended: nothing listens at its port any more, and the last that it was sent before was ${lastBefore(death)}`;

/** The same where somebody listened again later. */
export const restartedAfter = (death: Death): string =>
  `For a while nothing listened at the receiver's port: its process had ended, or it was started anew, and the last that it was sent before was ${lastBefore(death)}.`;

/** The same where what was sent last has not ended it again. */
export const restartedAfterNone = (death: Death): string =>
  `For a while nothing listened at the receiver's port: its process had ended, or it was started anew. What was sent last before it (by ${named(checksIn(death).filter(isCheck), mostChecks, "and")}) did not end it when it was played alone: it was something earlier, which takes effect later than a second after its answer. Look at what it threw then (its log tells), in a job that goes on after the answer, say.`;

/** Begins the id of the cause, which two deaths of different things do not share. */
const processEnded = "process-ended";

export const isOfDeath = ({ id }: LikelyCause): boolean => id.startsWith(processEnded);

/** What is behind whatever found nobody. */
export const causeOfDeath = (death: Death): LikelyCause => ({
  id: isBetween(death) ? processEnded : [processEnded, ...checksIn(death).filter(isCheck)].join(": "),
  says: endedAfter(death),
  fix: `${isBetween(death) ? "Start it again, and run those checks alone, with --concurrency 1 --max-rate 1, which tells which of them it was. " : ""}Look at what it threw then (its log tells) and handle that error where it is thrown, in what goes on after the answer too; where nothing was thrown, it was killed (status 137, OOMKilled), for its memory most often: then limit what it takes in at once; and let a supervisor start the process again whenever it ends.`,
});

/** Checks that ran side by side come into question, and which it was nothing tells. */
const isBetween = (death: Death): boolean => checksIn(death).length > 1;
