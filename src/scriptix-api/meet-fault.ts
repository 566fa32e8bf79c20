import type { FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../clock/clock.js";
import { ApiError } from "./api-error.js";
import type { ActiveFault } from "./faults.js";

const onDemand = { field: "fault", issue: "on demand" };

/** As far as an answer comes that is cut off. */
const cutOffBody = '{"count":1,"total_results":1,"result":{"session_id":';

/**
 * Does to a request what the fault says. Resolves when it is to be answered as ever; where the reply is hijacked it is
 * not to be answered at all.
 * @throws ApiError where the fault is an answer.
 */
export async function meetFault(
  fault: ActiveFault,
  request: FastifyRequest,
  reply: FastifyReply,
  clock: Clock,
): Promise<void> {
  switch (fault.kind) {
    case "stall":
      return stall(fault, request, reply, clock);
    case "rate-limited":
      throw new ApiError(429, onDemand, retryAfter(fault.retryAfterS ?? 1));
    case "unavailable":
      throw new ApiError(503, onDemand, retryAfter(fault.retryAfterS));
    case "server-error":
      throw new ApiError(500, onDemand);
    case "not-ready-404":
    case "not-ready-409":
      throw new ApiError(fault.kind === "not-ready-404" ? 404 : 409, {
        field: "session_id",
        issue: "the results are not ready yet",
      });
    case "hang-up":
      await stall(fault, request, reply, clock);
      reply.hijack();
      request.raw.socket.destroy();
      return;
    case "cut-off":
      reply.hijack();
      reply.raw.writeHead(200, { "Content-Type": "application/json", "Content-Length": cutOffBody.length * 2 });
      reply.raw.write(cutOffBody, () => request.raw.socket.destroy());
      return;
    case "not-json":
      reply.hijack();
      reply.raw.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Maintenance</title>");
      return;
    case "reset":
      reply.hijack();
      request.raw.socket.resetAndDestroy();
  }
}

async function stall(
  { ms, lifted }: ActiveFault,
  request: FastifyRequest,
  reply: FastifyReply,
  clock: Clock,
): Promise<void> {
  const { socket } = request.raw;
  const ended = new AbortController();
  const end = (): void => ended.abort();
  // The client leaves, or this server closes.
  socket.once("close", end);
  lifted.signal.addEventListener("abort", end);
  try {
    await pass(clock, socket.remotePort ?? 0, ms, ended.signal);
  } finally {
    socket.removeListener("close", end);
    lifted.signal.removeEventListener("abort", end);
  }
  if (socket.destroyed) reply.hijack();
}

/** Resolves after so long, or when the signal aborts. */
async function pass(clock: Clock, port: number, ms: number | undefined, signal: AbortSignal): Promise<void> {
  if (ms === undefined) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return;
  }
  // Whoever waits for this answer on the same clock keeps it from moving, and is found by its port. Where nobody
  // does, as when the client is another process, nobody has to give way.
  await clock
    .stall(port, ms, signal)
    .catch(() => clock.sleep(ms, signal))
    .catch(() => {});
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { "Retry-After": String(seconds) };
}
