import { once } from "node:events";
import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { systemClock } from "../clock/system-clock.js";
import type { AnswerReader } from "./answer-reader.js";
import type { Exchange } from "./exchange.js";
import { Line } from "./line.js";

afterEach(() => void vi.restoreAllMocks());

/** A line over a pipe: what is written to it comes from the peer. */
function lineOver() {
  const ref = vi.fn();
  const unref = vi.fn();
  const socket = Object.assign(new PassThrough(), { ref, unref });
  const line = new Line(socket as unknown as Socket, socket as unknown as Socket);
  return { line, socket, ref, unref };
}

/** How long a line is taken to be fresh after an answer with these headers, in milliseconds. */
function freshForMs(headers: readonly (readonly [string, string])[]): number {
  let now = 1_000_000;
  vi.spyOn(systemClock, "now").mockImplementation(() => now);
  const { line } = lineOver();
  line.learnIdleTime(headers);
  line.release();
  for (let ms = 0; ; ms += 500) {
    now = 1_000_000 + ms;
    if (!line.isFresh()) return ms;
  }
}

test.each([
  ["nothing", [], 4000],
  ["a Keep-Alive that says no time", [["Keep-Alive", "max=5"]], 4000],
  ["a time", [["keep-alive", "timeout=5"]], 3000],
  ["a time among other words", [["Keep-Alive", "max=5, TIMEOUT=10"]], 8000],
  ["a time right behind another word", [["Keep-Alive", "a;timeout=10"]], 8000],
  ["a time behind a tab", [["Keep-Alive", "a\ttimeout=10"]], 8000],
  ["no more time than the two need not to cross", [["Keep-Alive", "timeout=2"]], 0],
  ["another word that ends so", [["Keep-Alive", "xtimeout=10"]], 4000],
  ["another header of that length", [["Keep-Alert", "timeout=10"]], 4000],
  ["a longer header", [["X-Keep-Alive", "timeout=10"]], 4000],
  [
    "two of them, the first without a time",
    [
      ["Keep-Alive", "max=5"],
      ["Keep-Alive", "timeout=7"],
    ],
    5000,
  ],
] as const)("after an answer that announces %s a line is fresh for a while", (_what, headers, ms) => {
  expect(freshForMs(headers as readonly (readonly [string, string])[])).toBe(ms);
});

describe("a line", () => {
  it("keeps the process alive only while an exchange is under way", () => {
    const { line, ref, unref } = lineOver();
    line.carry({} as Exchange, {} as AnswerReader);
    expect([ref.mock.calls.length, unref.mock.calls.length]).toEqual([1, 0]);
    line.release();
    expect([ref.mock.calls.length, unref.mock.calls.length]).toEqual([1, 1]);
  });

  it("is closed by bytes that nobody asked for, and neither open nor fresh", async () => {
    const { line, socket } = lineOver();
    line.stirred = vi.fn();
    expect([line.isOpen(), line.strayed]).toEqual([true, false]);
    socket.write("HTTP/1.1 500 Stale\r\n\r\n");
    await once(socket, "close");
    expect([line.isOpen(), line.isFresh(), line.strayed]).toEqual([false, false, true]);
    expect(line.stirred).toHaveBeenCalled();
  });

  it("has nobody to tell of an error or an end that comes when nothing is asked", () => {
    const { line, socket } = lineOver();
    line.carry({} as Exchange, {} as AnswerReader);
    line.release();
    expect(() => socket.emit("error", new Error("late"))).not.toThrow();
    expect(() => socket.emit("end")).not.toThrow();
    expect(line.isOpen()).toBe(false);
  });

  it("tells its exchange of what cannot be read, of an early end and of a close, and is closed", async () => {
    const told: unknown[] = [];
    const exchange = { onError: (error: Error) => told.push(error.message) } as unknown as Exchange;
    const fails = (message: string) => () => {
      throw new Error(message);
    };
    const reader = { read: fails("unreadable"), end: fails("too early") } as unknown as AnswerReader;
    for (const peer of [
      (socket: PassThrough) => socket.write("x"),
      (socket: PassThrough) => socket.end(),
      (socket: PassThrough) => socket.destroy(new Error("reset")),
    ]) {
      const { line, socket } = lineOver();
      line.carry(exchange, reader);
      peer(socket);
      await new Promise((closed) => socket.once("close", closed));
      expect(line.isOpen()).toBe(false);
    }
    expect(told.filter((message) => message !== told.at(-1))).toEqual(["unreadable", "too early", "reset"]);
  });
});
