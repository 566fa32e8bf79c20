import { once } from "node:events";
import { UsageError } from "../../errors.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Header } from "../../sender/attempt.js";
import { keepCapture, prepareCaptures } from "./captures.js";
import type { Given } from "../command.js";
import { parseHeaders } from "../header-option.js";
import { interruptible } from "../interruption.js";
import { listenError } from "../listen-error.js";
import { readOptions, type OptionValues } from "../option.js";
import { assertWritable } from "../output-files.js";
import { print } from "../print.js";
import { receiverOptions } from "./receiver-options.js";
import { parseScript } from "./script-tokens.js";
import {
  faultyNamed,
  faultyTitles,
  hostileTitles,
  startFaulty,
  startHostile,
  startReference,
  startScripted,
  type StartedReceiver,
} from "./started-receivers.js";
import { defaults } from "../../defaults.js";
import { assertSecret } from "../../sender/signature.js";
import { contractOf } from "../contract-option.js";
import { withEnvironment } from "../environment-value.js";

type Values = OptionValues<typeof receiverOptions>;

/** `receiver`: runs until it is stopped. */
export async function receiverCommand({ options: raw }: Given): Promise<number> {
  const options = readOptions(receiverOptions, raw);
  if (options.list) {
    print(options.hostile === undefined ? faultyTitles() : hostileTitles());
    return exitCodes.passed;
  }
  return interruptible(null, async (signal) => {
    const receiver = await start(options);
    const capturing = captureFrom(receiver, options);
    try {
      print(`${receiver.title}: ${receiver.url}`);
      for (const line of receiver.notes) print(line);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      capturing.stop();
      await receiver.close();
    }
    return exitCodes.passed;
  });
}

async function start(options: Values): Promise<StartedReceiver> {
  const { script, faulty, hostile, host, port, https, capture } = options;
  const caOut = options["ca-out"];
  const headers = parseHeaders(options.header, process.env);
  if (script.length > 0 && faulty !== undefined)
    throw unusable("--script and --faulty: expected one of them, got both");
  if (
    hostile !== undefined &&
    (script.length > 0 || faulty !== undefined || capture !== undefined || options.header.length > 0)
  )
    throw unusable("--hostile: expected no --script, --faulty, --capture or --header beside it, got one");
  if (https && caOut === undefined)
    throw unusable("--https: expected --ca-out with a file for the CA's certificate, got none");
  if (capture !== undefined && faulty !== undefined)
    throw unusable("--capture: expected no --faulty beside it; the reference and the scripted receiver capture");
  if (headers.length > 1) throw unusable("--header: expected one header to require, got several");
  if (caOut !== undefined) assertWritable("ca-out", caOut);
  if (capture !== undefined) prepareCaptures(capture);
  const [required] = headers as readonly (Header | undefined)[];
  const secret = secretOf(options);
  const broken = faulty === undefined ? null : faultyNamed(faulty);
  const contract = broken === null ? contractOf(options) : (broken.contract ?? defaults.contract);
  if (script.length === 0 && hostile === undefined) assertSecret(contract, secret);
  const common = { host, port, https, caOut, required, contract, secret };
  try {
    if (broken !== null) return await startFaulty(broken, common);
    if (hostile !== undefined) return await startHostile(hostile, common);
    if (script.length === 0) return await startReference(common);
    if (required !== undefined) throw unusable("--header: expected no --script beside it; a script asks for no header");
    return await startScripted(parseScript(script, contract), common);
  } catch (error) {
    throw listenError(error, `--host ${host} --port ${port}`);
  }
}

const secretOf = ({ secret }: Values): string | null =>
  secret === undefined ? null : withEnvironment("--secret", secret, process.env);

/** Listens from the first request on: nothing comes in before the receiver has been told of. */
function captureFrom({ url, watchRequests }: StartedReceiver, options: Values): { stop(): void } {
  const { capture, header } = options;
  if (capture === undefined || watchRequests === undefined) return { stop() {} };
  const required = parseHeaders(header, process.env).map(([name]) => name);
  const path = new URL(url).pathname;
  const contract = contractOf(options);
  const secret = secretOf(options);
  return watchRequests((seen) => keepCapture(seen, { directory: capture, path, required, secret, contract }));
}

const unusable = (message: string): UsageError => new UsageError("ERR_RECEIVER", message);
