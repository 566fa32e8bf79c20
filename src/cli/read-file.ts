import { readText, reasonOf } from "../input/text-file.js";

export { reasonOf };

/** @throws UsageError `ERR_FILE` that names the option and the file. */
export const readTextFile = (option: string, file: string): string => readText(`--${option} ${file}`, file);
