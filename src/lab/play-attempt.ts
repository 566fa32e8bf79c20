import type { Clock } from "../clock/clock.js";
import type { Attempt, AttemptPhase, CallbackRequest } from "../sender/attempt.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { timeoutFailure } from "../sender/failure.js";
import { faultOnTheWay } from "../sender/on-the-way.js";
import type { WireStep } from "../sender/wire-script.js";
import type { AttemptOptions, Sender } from "../sender/sender.js";
import type { Step } from "../receivers/script.js";
import type { Token } from "./scenario.js";

/** What lies between the sender and the receiver. */
export interface Way {
  /** The scenario's clock. */
  readonly clock: Clock;
  /** Of the attempts that reach the receiver. */
  readonly deadlineClock: Clock;
  readonly deadlineMs: number;
  /** Of the receiver. */
  readonly url: CallbackUrl;
  readonly sender: Sender;
  /** A gateway in front of the receiver that answers in its stead. */
  readonly answerInstead: (step: Step, request: CallbackRequest, options: AttemptOptions) => Promise<Attempt>;
  /** Kills the receiver, and starts it again. */
  readonly crash: (answered: boolean) => Promise<void>;
  /** Reaches another instance of the receiver. */
  readonly other: Sender | null;
  /** What goes on after the attempt has ended, for the scenario to wait for. */
  readonly later: (work: Promise<void>) => void;
  readonly copyEnded: (attempt: Attempt) => void;
  readonly deliveredLate: (attempt: Attempt) => void;
}

/** A gateway delivers a copy so soon after the original that both are under way at once. */
const copyAfterMs = 1;

/** One attempt, with what the token says happening to it. */
export async function playAttempt(
  token: Token,
  request: CallbackRequest,
  options: AttemptOptions,
  way: Way,
): Promise<Attempt> {
  const { clock, sender, url, deadlineMs } = way;
  const startedAt = clock.now();
  const elapse = (ms: number): Promise<void> => clock.sleep(startedAt + ms - clock.now(), options.signal);
  const timedOut = async (phase: AttemptPhase): Promise<Attempt> => {
    await elapse(deadlineMs);
    return unanswered(request, options, startedAt, phase, deadlineMs);
  };

  switch (token.kind) {
    case "pass":
    // It was started anew at the end of the attempt before.
    case "restart":
      return sender.attempt(request, options);
    case "other-instance":
      return (way.other ?? sender).attempt(request, options);
    case "hang-up": {
      const [head, body] = faultOnTheWay(request, url, "hang-up")?.script ?? [];
      const script = [head, body, { do: "await-answer", upToMs: token.ms }, { do: "close" }] as WireStep[];
      return sender.attempt(request, { ...options, fault: { script, resetAtAnswer: true } });
    }
    case "crash": {
      const hold = clock.hold();
      let answered = false;
      const crashed = way.deadlineClock
        .sleep(token.ms, options.signal)
        .then(() => way.crash(answered))
        .finally(() => hold.release());
      const attempted = sender.attempt(request, options).then((attempt) => {
        answered = true;
        return attempt;
      });
      const [attempt] = await Promise.all([attempted, crashed]);
      return attempt;
    }
    case "drop":
      return timedOut("connect");
    case "cut":
    case "lost-ack":
      return sender.attempt(request, { ...options, ...faultOf(request, url, token.kind) });
    case "duplicate": {
      // Where the receiver lives on wall time, the copy belongs to the same moment of the scenario's.
      const hold = way.deadlineClock === clock ? null : clock.hold();
      const copy = way.deadlineClock
        .sleep(copyAfterMs, options.signal)
        .then(() => sender.attempt(request, options))
        .then(way.copyEnded)
        .finally(() => hold?.release());
      way.later(copy);
      return sender.attempt(request, options);
    }
    case "late-ack": {
      const delivered = await sender.attempt(request, options);
      if (delivered.response === null) return delivered;
      if (token.ms >= deadlineMs) return timedOut("headers");
      await elapse(token.ms);
      return later(delivered, Math.max(0, token.ms - (delivered.timings.headersMs ?? 0)));
    }
    case "delayed": {
      if (token.ms < deadlineMs) {
        await elapse(token.ms);
        const delivered = later(await sender.attempt(request, options), token.ms);
        const isLate = (delivered.timings.headersMs ?? delivered.timings.endMs) >= deadlineMs;
        return isLate ? unanswered(request, options, startedAt, "headers", deadlineMs) : delivered;
      }
      way.later(
        elapse(token.ms)
          .then(() => sender.attempt(request, options))
          .then(way.deliveredLate),
      );
      return timedOut("headers");
    }
    case "receiver":
      return way.answerInstead(token.step, request, options);
  }
}

function faultOf(
  request: CallbackRequest,
  url: CallbackUrl,
  onTheWay: "cut" | "lost-ack",
): Pick<AttemptOptions, "fault"> {
  const fault = faultOnTheWay(request, url, onTheWay);
  return fault === undefined ? {} : { fault };
}

/** The same answer, seen so many milliseconds later. */
function later(attempt: Attempt, ms: number): Attempt {
  const { connectedMs, headersMs, endMs } = attempt.timings;
  return {
    ...attempt,
    timings: { connectedMs, headersMs: headersMs === null ? null : headersMs + ms, endMs: endMs + ms },
  };
}

/** What the sender knows of an attempt that nothing came back from. */
function unanswered(
  request: CallbackRequest,
  { number = 1, offsetMs = 0 }: AttemptOptions,
  startedAt: number,
  phase: AttemptPhase,
  deadlineMs: number,
): Attempt {
  return {
    number,
    request,
    outcome: timeoutFailure(phase, deadlineMs),
    response: null,
    offsetMs,
    startedAt,
    timings: { connectedMs: phase === "connect" ? null : 0, headersMs: null, endMs: deadlineMs },
  };
}
