import type { Contract } from "../contract/contract.js";
import type { Told } from "../runner/plan.js";
import { contractOf } from "./contract-option.js";
import { parseHeaders } from "./header-option.js";
import { networkOf } from "./network-options.js";
import type { OptionValues } from "./option.js";
import type { CallbackFile } from "./callback-file.js";
import { sessionsIn, sessionsToldBy } from "./sessions.js";
import { deliveryOptions, type reachOptions } from "./target-options.js";
import { secretsTold } from "./told-secrets.js";

/** What a plan is told of a receiver by whatever command sends to it. */
export type Reached = Omit<Told, "seed">;

/**
 * @param options of a request, in which variables are read.
 * @throws UsageError for options that are no use.
 */
export async function reachedWith(
  url: string,
  options: OptionValues<typeof reachOptions>,
  signal: AbortSignal,
): Promise<Reached> {
  const command = options["session-command"];
  const contract = contractOf(options);
  const sessions = sessionsIn(options) ?? (command === undefined ? null : await sessionsToldBy(command, signal));
  const receiver = { url, headers: parseHeaders(options.header, null) };
  const callback =
    options.callback === undefined
      ? null
      : await readCallback(options.callback, contract, { ...receiver, secret: options.secret ?? null });
  return {
    ...receiver,
    contract,
    secret: options.secret ?? null,
    credentialHeaders: options["credential-header"],
    credentialQuery: options["credential-query"],
    credentialPath: options["credential-path"],
    local: options.local,
    network: networkOf(options),
    ...(sessions !== null && { sessions }),
    ...(callback !== null && { template: callback.template }),
    secrets: [...secretsTold(deliveryOptions, { ...options, url }, process.env), ...(callback?.secrets ?? [])],
  };
}

/** The capture's schema and its validator are loaded where there is one. */
export async function readCallback(
  file: string,
  contract: Contract,
  { secret, ...receiver }: Pick<Told, "url" | "headers" | "secret">,
): Promise<CallbackFile> {
  const { readCallbackFile } = await import("./callback-file.js");
  return readCallbackFile(file, contract, { ...receiver, ...(typeof secret === "string" && { secret }) });
}
