import { once } from "node:events";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "../clock/clock.js";
import { headerOf, type ArrivedHeader, type ArrivedRequest } from "./journal.js";
import type { Step } from "./script.js";

/** Longer than any deadline, short enough for a timer. */
const aDayMs = 24 * 60 * 60_000;

const chunkedHead = answerHead(200, [["Transfer-Encoding", "chunked"]]);
const lastChunk = "0\r\n\r\n";

/** Header lines of 1 KiB, and as many bytes as one chunk of a body. */
const floodOf = {
  headers: `X-Flood: ${"x".repeat(1024 - 11)}\r\n`.repeat(64),
  body: chunk(64 * 1024),
};

/** Meets one attempt as the step says; resolves when the step is done or the sender is gone. */
export async function playStep(step: Step, socket: Socket, request: ArrivedRequest, clock: Clock): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort(new Error("the sender is gone"));
  if (socket.destroyed) return;
  socket.once("close", leave);
  try {
    await new StepPlayer(socket, request, clock, gone.signal).play(step);
  } catch (error) {
    // A socket that broke is destroyed at once and closes a little later.
    if (!socket.destroyed) throw error;
  } finally {
    socket.off("close", leave);
  }
}

class StepPlayer {
  readonly #socket: Socket;
  readonly #request: ArrivedRequest;
  readonly #clock: Clock;
  readonly #gone: AbortSignal;
  #paused = false;

  constructor(socket: Socket, request: ArrivedRequest, clock: Clock, gone: AbortSignal) {
    this.#socket = socket;
    this.#request = request;
    this.#clock = clock;
    this.#gone = gone;
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case "answer":
        return this.#answer(step.status, step.headers ?? [], step.body ?? "");
      case "redirect":
        return this.#answer(step.status, [["Location", step.location]], "");
      case "stall":
        if (await this.#pause(step.ms)) await this.play(step.next);
        return;
      case "never":
        await this.#pause(aDayMs);
        return;
      case "reset":
        return this.#reset(step.at);
      case "close":
        this.#socket.end();
        return;
      case "dribble":
        return this.#dribble(step.part, step.bytes, step.everyMs, step.times ?? Infinity);
      case "flood":
        return this.#flood(step.part);
      case "interim":
        await this.#write(answerHead(step.status, []));
        return this.play(step.next);
      case "raw":
        await this.#write(step.bytes);
        if (!step.keepOpen) this.#socket.end();
        return;
    }
  }

  async #answer(status: number, headers: readonly ArrivedHeader[], body: string): Promise<void> {
    const names = headers.map(([name]) => name.toLowerCase());
    const framed = names.includes("content-length") || names.includes("transfer-encoding");
    // RFC 9110 §8.6: no Content-Length with 1XX and 204; RFC 9110 §15.4.5: a 304 has no body.
    const bodiless = status < 200 || status === 204 || status === 304;
    const length: ArrivedHeader = ["Content-Length", String(Buffer.byteLength(body))];
    await this.#write(answerHead(status, framed || bodiless ? headers : [...headers, length]) + utf8(body));
    const asked = headerOf(this.#request, "connection") ?? "";
    const stated = headers[names.indexOf("connection")]?.[1] ?? "";
    if (/\bclose\b/i.test(`${asked} ${stated}`)) this.#socket.end();
  }

  async #reset(at: "connect" | "request" | "headers" | "body"): Promise<void> {
    if (at === "headers") await this.#write("HTTP/1.1 200 OK\r\nContent-");
    if (at === "body") await this.#write(`${answerHead(200, [["Content-Length", "1000"]])}{"received":`);
    if (at === "headers" || at === "body") await this.#letRead();
    this.#socket.resetAndDestroy();
  }

  async #dribble(part: "headers" | "body", bytes: number, everyMs: number, times: number): Promise<void> {
    await this.#write(part === "headers" ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Dribble: " : chunkedHead);
    for (let count = 0; count < times; count += 1) {
      if (!(await this.#pause(everyMs))) return;
      await this.#write(part === "headers" ? "x".repeat(bytes) : chunk(bytes));
    }
    await this.#write(part === "headers" ? "\r\n\r\n" : lastChunk);
  }

  async #flood(part: "headers" | "body"): Promise<void> {
    await this.#write(part === "headers" ? "HTTP/1.1 200 OK\r\n" : chunkedHead);
    while (!this.#gone.aborted) {
      if (!this.#socket.write(floodOf[part], "latin1")) await once(this.#socket, "drain", { signal: this.#gone });
    }
  }

  /**
   * Lets a sender on this event loop read what was written. It would take a reset that it finds together with bytes
   * for an ordinary end (libuv's `uv__stream_io` reports EOF on a hang-up after a short read). A pause ends after one
   * turn of the loop, and the sender reads between two.
   */
  async #letRead(): Promise<void> {
    await this.#pause(0);
    await this.#pause(0);
  }

  /** True when the time has passed and the sender is still there. */
  async #pause(ms: number): Promise<boolean> {
    try {
      await this.#clock.stall(this.#request.connection.remotePort, ms, this.#gone);
    } catch (error) {
      // The sender gave up in the pause before this one, and its connection is about to close.
      if (this.#paused) return false;
      throw error;
    }
    this.#paused = true;
    return !this.#gone.aborted;
  }

  /** Resolves when the bytes were handed over; rejects when the sender is gone. */
  #write(bytes: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, "latin1", (error) => (error ? reject(error) : resolve()));
    });
  }
}

function answerHead(status: number, headers: readonly ArrivedHeader[]): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines}\r\n`;
}

function chunk(bytes: number): string {
  return `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;
}

/** The UTF-8 bytes of a text, one character a byte. */
function utf8(text: string): string {
  return Buffer.from(text).toString("latin1");
}
