import { stat } from "node:fs/promises";
import { UsageError } from "../../errors.js";

/** Wall milliseconds for an app to be loaded and ready. */
export const startTimeoutMs = 30_000;

/** @throws UsageError `ERR_APP` that names the option. */
export async function assertFile(option: "--app" | "app", given: string, file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true)
    throw new UsageError("ERR_APP", `${option}: expected the file of an app, got ${given}, which is none`);
}
