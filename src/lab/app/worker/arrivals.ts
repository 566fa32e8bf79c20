/* oxlint-disable no-restricted-globals -- the app's own time */
import type { IncomingMessage, Server, ServerResponse } from "node:http";

export interface LateAnswer {
  readonly sessionId: string;
  /** From 1, within the session. */
  readonly arrival: number;
  readonly status: number;
}

interface Ending {
  end: (this: ServerResponse, ...args: unknown[]) => ServerResponse;
}

/** Watches what arrives at the server, and tells of each answer that comes when the sender is gone. */
export function watchArrivals(server: Server, sessionHeader: string | null, tell: (late: LateAnswer) => void): void {
  const arrivals = new Map<string, number>();
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    // Node's own cache of the date is in real time.
    response.setHeader("Date", new Date().toUTCString());
    const sessionId = sessionHeader === null ? "" : ([request.headers[sessionHeader]].flat()[0] ?? "");
    const arrival = (arrivals.get(sessionId) ?? 0) + 1;
    arrivals.set(sessionId, arrival);
    let isOver = false;
    let isGone = false;
    response.once("close", () => (isGone = !response.headersSent));
    const ending = response as unknown as Ending;
    const { end } = ending;
    ending.end = (...args) => {
      if (isGone && !isOver) tell({ sessionId, arrival, status: response.statusCode });
      isOver = true;
      return end.apply(response, args);
    };
  });
}
