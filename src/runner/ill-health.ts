import type { LikelyCause } from "../report/model.js";
import type { Attempt } from "../sender/attempt.js";
import { emptyRecord, type CheckEnd, type Finding } from "./check-record.js";
import { anyOf, isSpecial } from "./vitals.js";

const neverWellAgain = "never-well-again";

/** Whether it tells after what a receiver is not well any more, and not why. */
export const isOfIll = ({ id }: LikelyCause): boolean => id.startsWith(neverWellAgain);

/** What a receiver that still listens has not got over. */
export function causeOfIll(check: string, { record }: CheckEnd): LikelyCause {
  const evidence = (record?.evidence ?? []).filter((entry) => entry !== null);
  // A flood keeps only what failed of it.
  const labels = evidence.length === 0 ? [""] : evidence.map(({ label }) => label);
  const sent = labels.map((label) => ({ check, label }));
  const special = sent.filter(isSpecial);
  const isBanned = special.length === 0 && evidence.some(({ attempt }) => isTurnedAway(attempt));
  return {
    id: `${neverWellAgain}: ${check}`,
    says: `no documented callback is acknowledged any more since ${anyOf(special.length > 0 ? special : sent)}`,
    fix: isBanned
      ? fixOfBan
      : special.length === 0
        ? fixOfFlood
        : "Look for what that took and never gave back, a lock, a worker, a connection of a pool: free it whatever becomes of the request (finally, defer, with), also where its sender hangs up in the middle of it, give each wait for it an end, and let no state of one request outlive it.",
  };
}

/** The same request was acknowledged before: it is not what it says that is refused, but whoever says it. */
export const isTurnedAway = ({ response }: Pick<Attempt, "response">): boolean =>
  response !== null && response.status >= 400 && response.status <= 499;

export const fixOfBan =
  "Look for what bans an address that comes often (a firewall, fail2ban, a rule on rates, a quota that is spent), and exempt the sender's addresses, or let as many through as callbacks may come together; --max-rate shows how few it takes.";

const fixOfFlood =
  "Where it comes back by itself it has only fallen behind: store each session in a queue that a restart does not lose, acknowledge it, and work from there. Where it does not, look for what many at once took and never gave back (connections of a pool, workers, memory), and give each wait for it an end.";

/** A failure, with what is behind it and behind all that could not be run since. */
export function blamedFor(end: CheckEnd, cause: LikelyCause): CheckEnd {
  if (end.record === null) return end;
  return { ...end, record: { ...end.record, findings: end.record.findings.map((each) => ({ cause, ...each })) } };
}

/** What a check sent was answered as it should be, and no callback is acknowledged since. */
export const illOver = (end: CheckEnd, cause: LikelyCause, where: string): CheckEnd =>
  failedOver(end, {
    expected: "a receiver that goes on acknowledging",
    actual: "no acknowledgement, though it still listens",
    where,
    fix: null,
    cause,
  });

/** How a check ends that has done harm, whatever it was answered. */
export const failedOver = ({ record, durationMs }: CheckEnd, finding: Finding): CheckEnd => ({
  outcome: "failed",
  reasonCode: null,
  reason: null,
  durationMs,
  record: { ...(record ?? emptyRecord()), findings: [finding] },
});
