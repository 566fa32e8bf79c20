import type { Dispatcher } from "undici";
import type { CallbackRequest } from "../src/sender/attempt.js";

/** The callback as undici takes it, made once: the peer's cost is that of undici alone. */
export function bareRequest(request: CallbackRequest): Dispatcher.RequestOptions {
  return {
    path: request.path,
    method: request.method,
    headers: request.headers.flat(),
    body: request.body,
  };
}

/** One request as any user of undici writes it; `arrayBuffer` is its fastest way to have the body, as an attempt does. */
export async function sendBare(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions,
  status: number,
): Promise<void> {
  const { statusCode, body } = await dispatcher.request(request);
  await body.arrayBuffer();
  if (statusCode !== status) throw new Error(`expected ${status}, got ${statusCode}`);
}
