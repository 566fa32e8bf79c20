import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Timer } from "../../clock/clock.js";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import { defaults } from "../../defaults.js";
import { showControlCharacters } from "../../report/control-character.js";
import { print } from "../print.js";
import { sessionHeaderOf } from "../../contract/message.js";

/** Prints a line with the time of day, UTC. */
export function say(text: string): void {
  print(`${isoTime(systemClock.now()).slice(11, 23)}  ${text}`);
}

const lookAgainMs = 50;

/** Calls `each` for whatever is added to a list that only grows, to the last when it is stopped. */
export function watchArrivals<T>(list: readonly T[], each: (item: T) => void): { stop(): void } {
  let seen = 0;
  let timer: Timer;
  const look = (): void => {
    for (; seen < list.length; seen += 1) each(list[seen] as T);
    timer = systemClock.timer(lookAgainMs, look);
  };
  look();
  return {
    stop() {
      timer.cancel();
      look();
      timer.cancel();
    },
  };
}

/** Of all contracts that name a session in a header; where it stands in the body it is not looked for. */
const sessionHeader = sessionHeaderOf(defaults.contract.request)?.toLowerCase() ?? "";

const channel = "http.server.request.start";

/** Prints a line for each request to any HTTP server of this process, when its answer has ended. */
export function watchHttpCallbacks(): { stop(): void } {
  const started = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    const sessionId = request.headers[sessionHeader] ?? "unknown";
    response.once("close", () => {
      const end = response.headersSent ? `answered ${response.statusCode}` : "left without an answer";
      say(
        showControlCharacters(`${request.method} ${request.url?.split("?")[0]}, session ${String(sessionId)}: ${end}`),
      );
    });
  };
  subscribe(channel, started);
  return { stop: () => unsubscribe(channel, started) };
}
