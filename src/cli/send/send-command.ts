import { randomBytes } from "node:crypto";
import { jsonText } from "../../report/json-text.js";
import { isoTime } from "../../clock/timestamps.js";
import { systemClock } from "../../clock/system-clock.js";
import { virtualClock } from "../../clock/virtual-clock.js";
import type { RetryDelayFrom } from "../../contract/contract.js";
import { bytesToText, capText } from "../../report/evidence.js";
import type { Redactor } from "../../report/redact.js";
import { redactLine } from "../../report/redact-line.js";
import { planRun, type Plan } from "../../runner/plan.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Attempt } from "../../sender/attempt.js";
import { assertSessionId } from "../../sender/callback.js";
import type { CallbackUrl } from "../../sender/callback-url.js";
import { deliver } from "../../sender/delivery.js";
import { createSender, type Sender } from "../../sender/sender.js";
import type { Given } from "../command.js";
import { instancesOf } from "../instances.js";
import { Interrupted, withoutSecrets } from "../failure.js";
import { interruptible } from "../interruption.js";
import { readOptions } from "../option.js";
import { print } from "../print.js";
import { reachedWith } from "../reached.js";
import { requestOf, tellFound, urlOf } from "../request.js";
import { deliveryOptions } from "../target-options.js";
import { sendLine } from "./send-lines.js";
import { sendOptions, type SendValues } from "./send-options.js";
import { Unredacted } from "../../unredacted.js";

/** `send`: one documented delivery. */
export async function sendCommand(given: Given): Promise<number> {
  const request = await requestOf(given, deliveryOptions);
  const options = readOptions(sendOptions, request.raw);
  if (options["session-id"] !== undefined) assertSessionId(options["session-id"], "--session-id");
  tellFound(request);
  return interruptible(null, async (signal) => {
    const instances = instancesOf(options.instance);
    const reached = await reachedWith(urlOf(request, "send"), options, signal);
    const seed = randomBytes(8).toString("hex");
    const plan = planRun({ ...reached, instances, seed });
    return withoutSecrets(plan.redactor, () => sendTo(plan, options, signal));
  });
}

async function sendTo(plan: Plan, options: SendValues, signal: AbortSignal): Promise<number> {
  const { url, shownUrl, contract, redactor } = plan;
  const skipsWaits = options["skip-waits"];
  const clock = skipsWaits ? virtualClock({ startAt: Math.floor(systemClock.now()) }) : systemClock;
  const moments = new Map<string, number>();
  const senderTo = (to: CallbackUrl): Sender =>
    createSender({
      url: to,
      headers: plan.configured,
      contract,
      clock,
      moments,
      network: plan.network,
      ...(plan.secret !== null && { secret: plan.secret }),
      ...(plan.template !== null && { template: plan.template }),
    });
  const sender = senderTo(url);
  /** Attempts go to them in turn. */
  const others = plan.instanceUrls.map((to) => ({ shownUrl: redactor.redactUrl(to.display), sender: senderTo(to) }));
  const places = [{ shownUrl, sender }, ...others];
  const placeOf = (number: number) => places[(number - 1) % places.length] ?? { shownUrl, sender };
  const sessionId = options["session-id"] ?? plan.sessions.take("send", 1)?.() ?? "";
  const say = (line: Unredacted<string>): void => {
    if (!options.json) print(line.through(redactor, redactLine));
  };
  const { droppedHeaders, missingHeaders } = sender;
  const before = [
    `${contract.request.method} ${shownUrl}, session ${sessionId}`,
    ...droppedHeaders.map((name) => `${name} is a system header: it cannot be overridden and is not sent`),
    ...missingHeaders.map((name) => `${name} is left out: the captured callback does not hold its value`),
  ];
  for (const line of before) say(new Unredacted(line));
  try {
    const { kind, attempts } = await deliver({
      contract,
      clock,
      sessionId,
      retryDelayFrom: options["retry-delay-from"] as RetryDelayFrom,
      signal,
      attempt(number, offsetMs) {
        const to = placeOf(number).sender;
        return to.attempt(to.callback(sessionId), { number, offsetMs, signal });
      },
      emit(event) {
        const isTold = event.kind === "attempt-started" && places.length > 1;
        const to = isTold ? `, to ${placeOf(event.number).shownUrl}` : "";
        say(sendLine(event, contract, skipsWaits).map((line) => line + to));
      },
    });
    if (options.json) {
      const shown = attempts.map((attempt) => ({
        ...new Unredacted(attempt).through(redactor, redactAttempt),
        ...(places.length > 1 && { url: placeOf(attempt.number).shownUrl }),
      }));
      print(jsonText({ url: shownUrl, sessionId, outcome: kind, attempts: shown }));
    }
    return kind === "acknowledged" ? exitCodes.passed : exitCodes.failed;
  } catch (error) {
    if (signal.aborted) throw new Interrupted();
    throw error;
  } finally {
    await Promise.all(places.map((place) => place.sender.close()));
  }
}

const mostBodyBytes = 8 * 1024;

function redactAttempt({ number, offsetMs, startedAt, timings, outcome, response }: Attempt, redactor: Redactor) {
  return {
    number,
    offsetMs,
    startedAt: isoTime(startedAt),
    durationMs: Math.round(timings.endMs),
    outcome: outcome.kind === "acknowledged" ? outcome : { ...outcome, message: redactor.redactText(outcome.message) },
    response: response && {
      status: response.status,
      statusText: redactor.redactText(response.statusText),
      headers: redactor.redactHeaders(response.headers),
      body: capText(
        redactor.redactText(bytesToText(response.body), { cut: response.bodyEnd !== "complete" }),
        mostBodyBytes,
      ),
      bodyEnd: response.bodyEnd,
    },
  };
}
