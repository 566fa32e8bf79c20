import { once } from "node:events";
import { systemClock } from "../../clock/system-clock.js";
import { virtualClock } from "../../clock/virtual-clock.js";
import { defaults } from "../../defaults.js";
import { UsageError } from "../../errors.js";
import { exitCodes } from "../../runner/verdict.js";
import { createScriptixApi } from "../../scriptix-api/scriptix-api.js";
import { apiLines } from "./api-lines.js";
import { apiOptions } from "./api-options.js";
import type { Given } from "../command.js";
import { parseDurationMs } from "../../input/duration.js";
import { withEnvironment } from "../environment-value.js";
import { interruptible } from "../interruption.js";
import { contractOf } from "../contract-option.js";
import { listenError } from "../listen-error.js";
import { networkOf } from "../network-options.js";
import { readOptions } from "../option.js";
import { print } from "../print.js";

/** `api`: the mock Scriptix API; runs until it is stopped. */
export async function apiCommand({ options: raw }: Given): Promise<number> {
  const options = readOptions(apiOptions, raw);
  const { host, port, local, seed } = options;
  const tokens = options.token.map((token) => withEnvironment("--token", token, process.env));
  const skipsWaits = options["skip-waits"];
  const clock = skipsWaits ? virtualClock({ startAt: Math.floor(systemClock.now()) }) : systemClock;
  const contract = contractOf({ contract: defaults.contract.id, method: options.method });
  const secret = options.secret === undefined ? null : withEnvironment("--secret", options.secret, process.env);
  const lines = apiLines(contract, tokens, secret, skipsWaits);
  const api = createScriptixApi({
    clock,
    contract,
    ...(secret !== null && { secret }),
    local,
    network: networkOf(options),
    tokens: tokens.length === 0 ? null : tokens,
    completeAfterMs: readCompleteAfter(options["complete-after"]),
    ...(seed !== undefined && { seed }),
    log(event) {
      const line = lines.ofEvent(event);
      if (line !== null) print(line);
    },
    onDelivery: (event) => print(lines.ofDelivery(event, clock.now())),
  });
  return interruptible(null, async (signal) => {
    try {
      const baseUrl = await listening(api.listen({ host, port }), `--host ${host} --port ${port}`);
      print(`mock Scriptix API: ${baseUrl}`);
      print(`described at ${baseUrl}/openapi.json`);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await api.close();
    }
    return exitCodes.passed;
  });
}

async function listening(listens: Promise<string>, options: string): Promise<string> {
  try {
    return await listens;
  } catch (error) {
    throw listenError(error, options);
  }
}

/** Milliseconds; null: not by itself. */
function readCompleteAfter(text: string): number | null {
  if (text === "none") return null;
  const ms = parseDurationMs(text);
  if (ms !== null) return ms;
  throw new UsageError(
    "ERR_OPTION",
    `--complete-after: expected a duration above zero such as 5s, or none, got ${JSON.stringify(text)}`,
  );
}
