import { UsageError } from "../errors.js";
import { jsonErrorLine } from "../input/json-line.js";
import { readText, reasonOf } from "../input/text-file.js";

export { reasonOf };

/** @throws UsageError `ERR_FILE` that names the option and the file. */
export const readTextFile = (option: string, file: string): string => readText(`--${option} ${file}`, file);

/** @throws UsageError `ERR_JSON` with the line where it breaks, as far as it can be told; no part of the text. */
export function parseJson(option: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    const line = jsonErrorLine(text);
    const got = text.trim() === "" ? "an empty file" : `something else${line === null ? "" : ` (see line ${line})`}`;
    throw new UsageError("ERR_JSON", `--${option} ${file}: expected JSON, got ${got}`);
  }
}
