import { jsonText } from "../../report/json-text.js";
import { mkdtempSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { captureOf, isHttpRequest, type SeenRequest } from "../../capture/capture.js";
import { sessionIdsIn } from "../../capture/session-names.js";
import { straysFrom, strayText } from "../../capture/strays.js";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import type { Contract } from "../../contract/contract.js";
import { showControlCharacters } from "../../report/control-character.js";
import { prepareDirectory, unwritable } from "../output-files.js";
import { print } from "../print.js";
import { reasonOf } from "../read-file.js";
import { writeText } from "../way-out.js";
import { say } from "./receiver-lines.js";

const option = "capture";
/** Puts what belongs to a line below its text, beside the time of day. */
const indent = " ".repeat(14);

/** Makes the directory and finds out whether files can be written there. @throws UsageError `ERR_OUTPUT`. */
export function prepareCaptures(directory: string): void {
  prepareDirectory(option, directory, []);
  try {
    rmdirSync(mkdtempSync(join(directory, ".capture-")));
  } catch (error) {
    throw unwritable(option, directory, error);
  }
}

export interface CapturesOptions {
  readonly contract: Contract;
  readonly directory: string;
  /** Of the receiver. */
  readonly path: string;
  /** Names of the headers that the receiver asks for. */
  readonly required: readonly string[];
  /** What requests have to be signed with; null where nothing is signed. */
  readonly secret: string | null;
}

/** Writes one request to a file of its own, and says where it strays from the contract. */
export function keepCapture(seen: SeenRequest, { directory, path, required, secret, contract }: CapturesOptions): void {
  if (!isHttpRequest(seen)) {
    say("not captured: what came is no HTTP request");
    return;
  }
  const capturedAt = isoTime(seen.completedAt ?? systemClock.now());
  const capture = captureOf(seen, { contract, path, capturedAt });
  const [sessionId = "no-session"] = sessionIdsIn(contract, seen.headers, seen.body);
  let file: string;
  try {
    file = writeNew(directory, fileStem(capturedAt, sessionId), `${jsonText(capture)}\n`);
  } catch (error) {
    say(`not captured: ${directory} could not be written, ${reasonOf(error)}`);
    return;
  }
  const strays = straysFrom(contract, capture, { configured: required, secret });
  say(showControlCharacters(`captured ${file}: ${strays.length === 0 ? "as documented" : "strays from the contract"}`));
  for (const stray of strays) print(indent + showControlCharacters(strayText(stray)));
}

/** Sorts by time, and holds no character that means something to a file system. */
function fileStem(capturedAt: string, sessionId: string): string {
  return `${capturedAt.replaceAll(":", "-")}-${sessionId.replaceAll(/[^\w.-]+/g, "_").slice(0, 64)}`;
}

/** Never in place of another file. */
function writeNew(directory: string, stem: string, text: string): string {
  for (let copy = 1; ; copy += 1) {
    const file = join(directory, `${stem}${copy === 1 ? "" : `-${copy}`}.json`);
    try {
      writeText(file, text, { flag: "wx" });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
