import type { Attempt, CallbackRequest } from "../sender/attempt.js";
import type { AttemptOptions, Sender } from "../sender/sender.js";
import { attempt, type Sent } from "./attempt.test.kit.js";
import type { Check } from "./check.js";
import type { CheckContext } from "./check-context.js";
import type { CheckEnd } from "./check-record.js";
import type { Turn } from "./check-turn.js";
import type { Told } from "./plan.js";
import { runCheck } from "./run-check.js";
import { checkOf, targetOf, timeOf } from "./run.test.kit.js";
import type { Target } from "./target.js";

/** One request as the sender was given it. */
interface Given {
  readonly request: CallbackRequest;
  readonly options: AttemptOptions;
  /** Of the target's clock. */
  readonly atMs: number;
}

export interface TurnGiven {
  readonly check?: Partial<Check>;
  readonly told?: Partial<Told> & { readonly url?: string };
  readonly target?: Partial<Target>;
  readonly turn?: Partial<Turn>;
  /** What comes of each request; 200 without more. */
  readonly answers?: (given: Given, number: number) => Sent;
}

/** More would never end. */
const mostAsked = 1000;

/** One run of a check over a sender that sends nothing: what it was given, and how it ended. */
export async function turnOf(run: (context: CheckContext) => Promise<unknown>, given: TurnGiven = {}) {
  const clock = timeOf();
  const asked: Given[] = [];
  const { url = "https://hooks.example.com/hook", ...told } = given.told ?? {};
  const open = targetOf(url, { clock, ...told });
  const over = (sender: Sender): Sender => ({
    ...sender,
    async attempt(request, options = {}) {
      const one = { request, options, atMs: clock.now() };
      if (asked.push(one) > mostAsked) throw new Error("it is sent without end");
      await Promise.resolve();
      const { sessionId, path, headers } = request;
      const sent = given.answers?.(one, asked.length) ?? { status: 200 };
      const made: Attempt = attempt({ sessionId, path, headers, ...sent });
      return {
        ...made,
        request,
        number: options.number ?? 0,
        offsetMs: options.offsetMs ?? -1,
        startedAt: asked.length,
      };
    },
  });
  const target: Target = {
    ...open,
    sender: over(open.sender),
    instances: open.instances.map((each) => ({ ...each, sender: over(each.sender) })),
    ...given.target,
  };
  // What a test expects inside of a check is the test's to fail over, and no fault of the harness.
  const unmet: unknown[] = [];
  const check = checkOf("a/one", {
    ...given.check,
    async run(context) {
      await run(context).catch((error: unknown) => {
        if (error instanceof Error && error.name === "AssertionError") unmet.push(error);
        throw error;
      });
    },
  });
  const end: CheckEnd = await runCheck({
    check,
    target,
    baseline: { kind: "acknowledged", attempt: attempt({ status: 200 }), notes: [] },
    calibration: null,
    watch: null,
    ledger: null,
    confirming: false,
    signal: new AbortController().signal,
    ...given.turn,
  });
  if (unmet.length > 0) throw unmet[0];
  const evidence = end.record?.evidence.filter((entry) => entry !== null) ?? [];
  return { end, asked, evidence, record: end.record, target, clock, check };
}
