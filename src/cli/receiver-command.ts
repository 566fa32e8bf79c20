import { once } from "node:events";
import { UsageError } from "../errors.js";
import { exitCodes } from "../runner/judge.js";
import type { Header } from "../sender/attempt.js";
import type { Given } from "./command.js";
import { parseHeaders } from "./header-option.js";
import { interruptible } from "./interruption.js";
import { listenError } from "./listen-error.js";
import { readOptions, type OptionValues } from "./option.js";
import { assertWritable } from "./output-files.js";
import { print } from "./print.js";
import { receiverOptions } from "./receiver-options.js";
import { parseScript } from "./script-tokens.js";
import {
  faultyNamed,
  faultyTitles,
  startFaulty,
  startReference,
  startScripted,
  type StartedReceiver,
} from "./started-receivers.js";

type Values = OptionValues<typeof receiverOptions>;

/** `receiver`: runs until it is stopped. */
export async function receiverCommand({ options: raw }: Given): Promise<number> {
  const options = readOptions(receiverOptions, raw);
  if (options.list) {
    print(faultyTitles());
    return exitCodes.passed;
  }
  return interruptible(null, async (signal) => {
    const receiver = await start(options);
    try {
      print(`${receiver.title}: ${receiver.url}`);
      for (const line of receiver.notes) print(line);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await receiver.close();
    }
    return exitCodes.passed;
  });
}

async function start(options: Values): Promise<StartedReceiver> {
  const { script, faulty, host, port, https } = options;
  const caOut = options["ca-out"];
  const headers = parseHeaders(options.header, process.env);
  if (script.length > 0 && faulty !== undefined)
    throw unusable("--script and --faulty: expected one of them, got both");
  if (https && caOut === undefined)
    throw unusable("--https: expected --ca-out with a file for the CA's certificate, got none");
  if (headers.length > 1) throw unusable("--header: expected one header to require, got several");
  if (caOut !== undefined) assertWritable("ca-out", caOut);
  const [required] = headers as readonly (Header | undefined)[];
  const common = { host, port, https, caOut, required };
  try {
    if (faulty !== undefined) return await startFaulty(faultyNamed(faulty), common);
    if (script.length === 0) return await startReference(common);
    if (required !== undefined) throw unusable("--header: expected no --script beside it; a script asks for no header");
    return await startScripted(parseScript(script), common);
  } catch (error) {
    throw listenError(error, `--host ${host} --port ${port}`);
  }
}

const unusable = (message: string): UsageError => new UsageError("ERR_RECEIVER", message);
