import { randomBytes } from "node:crypto";
import { jsonText } from "../../report/json-text.js";
import { isoTime } from "../../clock/timestamps.js";
import { systemClock } from "../../clock/system-clock.js";
import { virtualClock } from "../../clock/virtual-clock.js";
import type { Contract, RetryDelayFrom } from "../../contract/contract.js";
import { bytesToText, capText } from "../../report/evidence.js";
import { createRedactor, type Redactor } from "../../report/redact.js";
import { exitCodes } from "../../runner/verdict.js";
import { secretsOf } from "../../runner/secrets.js";
import { hexOf, sessionIdPrefix } from "../../runner/session-ids.js";
import type { Attempt, Header } from "../../sender/attempt.js";
import { parseCallbackUrl, type CallbackUrl } from "../../sender/callback-url.js";
import { customHeaders } from "../../sender/custom-headers.js";
import { createSender } from "../../sender/sender.js";
import type { Given } from "../command.js";
import { Interrupted, withoutSecrets } from "../failure.js";
import { contractOf } from "../contract-option.js";
import { parseHeaders } from "../header-option.js";
import { interruptible } from "../interruption.js";
import { networkOf } from "../network-options.js";
import { readOptions } from "../option.js";
import { print } from "../print.js";
import { sendLine } from "./send-lines.js";
import { sendOptions } from "./send-options.js";

/** `send`: one documented delivery. */
export async function sendCommand({ argument = "", options: raw }: Given): Promise<number> {
  const options = readOptions(sendOptions, raw);
  const contract = contractOf(options);
  const url = parseCallbackUrl(argument);
  const headers = parseHeaders(options.header, process.env);
  const redactor = redactorFor(url, headers, contract);
  const skipsWaits = options["skip-waits"];
  const clock = skipsWaits ? virtualClock() : systemClock;
  const sender = createSender({
    url,
    headers,
    contract,
    clock,
    retryDelayFrom: options["retry-delay-from"] as RetryDelayFrom,
    network: networkOf(options),
  });
  const sessionId = options["session-id"] ?? sessionIdPrefix + hexOf(18, randomBytes(8).toString("hex"));
  const say = (text: string): void => {
    if (!options.json) print(redactor.redactText(text));
  };
  return withoutSecrets(redactor, () =>
    interruptible(null, async (signal) => {
      say(`${contract.request.method} ${redactor.redactUrl(url.display)}, session ${sessionId}`);
      for (const name of sender.droppedHeaders)
        say(`${name} is a system header: it cannot be overridden and is not sent`);
      try {
        const { kind, attempts } = await sender.deliver(
          { sessionId },
          { signal, on: (event) => say(sendLine(event, contract, skipsWaits)) },
        );
        if (options.json) {
          const target = redactor.redactUrl(url.display);
          const shown = attempts.map((attempt) => attemptFacts(attempt, redactor));
          print(jsonText({ url: target, sessionId, outcome: kind, attempts: shown }));
        }
        return kind === "acknowledged" ? exitCodes.passed : exitCodes.failed;
      } catch (error) {
        if (signal.aborted) throw new Interrupted();
        throw error;
      } finally {
        await sender.close();
      }
    }),
  );
}

/** The custom headers count as credentials, near misses aside: those are sent by checks alone. */
function redactorFor(url: CallbackUrl, headers: readonly Header[], contract: Contract): Redactor {
  return createRedactor(secretsOf({ url, headers: customHeaders(headers, contract).sent, credentials: [] }));
}

const mostBodyBytes = 8 * 1024;

function attemptFacts({ number, offsetMs, startedAt, timings, outcome, response }: Attempt, redactor: Redactor) {
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
