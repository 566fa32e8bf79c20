import type { Server } from "node:http";
import { UsageError } from "../../../errors.js";
import { appOfModule, type Listening } from "../app-module.js";
import { errorText } from "../error-text.js";
import { serverOf } from "../request-listener.js";

export interface LoadedApp {
  readonly server: Server;
  readonly processed: ((sessionId: string, documentId: string) => Promise<number>) | null;
}

/**
 * @param misused told where it shows only with a request that it is no app.
 * @throws Error whose message is a clause that says why it cannot be used.
 */
export async function loadApp(
  fileUrl: string,
  listening: Listening,
  misused: (error: UsageError) => void,
): Promise<LoadedApp> {
  try {
    const { app, processed } = await appOfModule((await import(fileUrl)) as Record<string, unknown>, listening);
    return { server: await serverOf(app, fileUrl, misused), processed: processed && counting(processed) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new Error(`while it was loaded, it threw ${errorText(error)}`, { cause: error });
  }
}

function counting(processed: (sessionId: string, documentId: string) => unknown): NonNullable<LoadedApp["processed"]> {
  return async (sessionId, documentId) => {
    const count = await processed(sessionId, documentId);
    if (Number.isInteger(count) && (count as number) >= 0) return count as number;
    throw new Error(`expected its processed(sessionId) to return a whole number, got ${String(count)}`);
  };
}
