import type { LikelyCause } from "../report/model.js";
import type { Attempt } from "../sender/attempt.js";

/** One attempt, for whoever has to find out which of them did it. */
export interface Sent {
  readonly check: string;
  /** What was special about it; empty for the documented callback. */
  readonly label: string;
}

/** The receiver's port was closed: its process has ended, or nobody listens any more. */
export interface Death {
  /** What it was sent last before that, or had under way. */
  readonly after: readonly Sent[];
}

/** Whether anybody listens, and what was sent before nobody did. */
export interface Vitals {
  /** Says that something is sent now; what comes of it is to be told to what is returned. */
  sends(sent: Sent): (attempt: Attempt) => void;
  /** Null while somebody listens. */
  readonly death: Death | null;
  /** The first death that came after something of this check; null where none did. */
  deathBy(check: string): Death | null;
}

/** No connection is made where there was one before. */
export const isNobody = ({ outcome }: Attempt): boolean =>
  outcome.kind === "failed" && outcome.reason === "connect" && outcome.phase === "connect";

/** Whether something special was sent before it, and none of it by this check. */
export const isDeathByOthers = ({ after }: Death, check: string): boolean =>
  after.some(isSpecial) && after.every((sent) => sent.check !== check);

/** Whether nothing but this check comes into question. */
export const isDeathByThis = ({ after }: Death, check: string): boolean =>
  after.length > 0 && after.every((sent) => sent.check === check);

/** @param isExpected something was acknowledged before, so that somebody has listened. */
export function createVitals(isExpected: () => boolean): Vitals {
  const underWay = new Set<Sent>();
  /** What ended without an answer since the last answer. */
  let unanswered: Sent[] = [];
  let last: Sent | null = null;
  /** The last that was special, and how many plain ones were answered since. */
  let lastSpecial: { readonly sent: Sent; since: number } | null = null;
  let death: Death | null = null;
  const deaths = new Map<string, Death>();

  function dies(): void {
    // What was answered may have been the death of it all the same, by what was left to be done after the answer.
    const late = lastSpecial !== null && lastSpecial.since <= mostSince ? [lastSpecial.sent] : [];
    const candidates = [...new Set([...late, ...(last === null ? [] : [last]), ...unanswered, ...underWay])];
    const special = candidates.filter(isSpecial);
    death = { after: special.length > 0 ? special : candidates };
    for (const { check } of death.after) if (!deaths.has(check)) deaths.set(check, death);
  }

  return {
    sends(sent) {
      underWay.add(sent);
      return (attempt) => {
        underWay.delete(sent);
        if (isNobody(attempt)) {
          if (death === null && isExpected()) dies();
          return;
        }
        death = null;
        if (isSpecial(sent)) lastSpecial = { sent, since: 0 };
        else if (lastSpecial !== null && attempt.response !== null) lastSpecial.since += 1;
        if (attempt.response === null) unanswered.push(sent);
        else [unanswered, last] = [[], sent];
      };
    },
    get death() {
      return death;
    },
    deathBy: (check) => deaths.get(check) ?? null,
  };
}

/** A process may take another callback or two before it notices. */
const mostSince = 2;

const isSpecial = ({ label }: Sent): boolean => label !== "";

/** More would be no help. */
const mostNamed = 3;

/** `the callback "cut in the middle of the body" of retries/…`, and what else it may have been. */
function lastBefore({ after }: Death): string {
  const names = [...new Set(after.map(nameOf))];
  const more = names.length > mostNamed ? ` or ${names.length - mostNamed} others` : "";
  return names.length === 0 ? "a documented callback" : names.slice(0, mostNamed).join(" or ") + more;
}

function nameOf({ check, label }: Sent): string {
  if (check === "baseline") return "a documented callback sent as a control";
  return `the ${label === "" ? "documented callback" : `callback "${label}"`} of ${check}`;
}

/** What to say where nobody listens any more. */
export const endedAfter = (death: Death): string =>
  `the receiver's process has ended: nothing listens at its port any more, and the last that it was sent before was ${lastBefore(death)}`;

/** What is behind whatever found nobody. */
export const causeOfDeath = (death: Death): LikelyCause => ({
  id: "process-ended",
  says: endedAfter(death),
  fix: "Look at what it threw then (its log tells) and handle that error where it is thrown, in what goes on after the answer too; and let a supervisor start the process again whenever it ends.",
});
