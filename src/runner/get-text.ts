import { get as getByHttp, type IncomingMessage } from "node:http";
import { get as getByHttps } from "node:https";

/** More is no answer to a question that a number answers. */
const bodyCapBytes = 1024 * 1024;

export interface Got {
  readonly status: number;
  readonly text: string;
}

/**
 * GET on a connection of its own.
 * @param ca trusted certificates, in PEM; none: those of the system.
 * @throws what the signal was aborted with, or the error of the connection.
 */
export async function getText(url: URL, ca: readonly string[], signal: AbortSignal): Promise<Got> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const get = url.protocol === "https:" ? getByHttps : getByHttp;
      const options = { agent: false as const, signal, ...(ca.length > 0 && { ca: [...ca] }) };
      get(url, options, resolve).on("error", reject);
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bodyCapBytes) throw new Error(`it answered more than ${bodyCapBytes} bytes`);
      chunks.push(chunk);
    }
    return { status: response.statusCode ?? 0, text: new TextDecoder().decode(Buffer.concat(chunks)) };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
