import { expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { EventLog } from "./event-log.js";
import { Faults } from "./faults.js";
import { countRead, fetchesOf, Sessions } from "./sessions.js";
import { Tokens } from "./tokens.js";

test("keeps the latest sessions", () => {
  const sessions = new Sessions();
  for (let count = 0; count <= 10_000; count += 1) sessions.add({ id: `s${count}`, owner: "t", status: "done" });

  expect(sessions.get("s0")).toBeUndefined();
  expect(sessions.get("s1")).toBeDefined();
  expect(sessions.get("s10000")).toBeDefined();
});

test("counts a thousand pages of a session", () => {
  const session = new Sessions().add({ id: "s1", owner: "t", status: "done" });
  for (let page = 0; page < 2000; page += 1) countRead(session, `page ${page}`);
  countRead(session, "page 0");

  expect(session.reads.size).toBe(1000);
  expect(fetchesOf(session)).toBe(2);
});

test("keeps the latest requests and events, and cuts long targets", () => {
  const log = new EventLog(virtualClock(), () => {});
  for (let count = 0; count < 10_002; count += 1) {
    log.arrived({ method: "GET", target: `/${count}`, sessionId: null, authorization: "none", undocumented: null });
    log.tell({ event: "job-failed", callback: false, sessionId: `s${count}` });
  }
  const { target } = log.arrived({
    method: "GET",
    target: "x".repeat(9000),
    sessionId: null,
    authorization: "none",
    undocumented: null,
  });

  expect([log.requests.length, log.requests[0]?.target]).toEqual([10_000, "/3"]);
  expect([log.events.length, log.events[0]]).toMatchObject([10_000, { sessionId: "s2" }]);
  expect(target).toHaveLength(4097);
});

test("lifts the oldest of more than a thousand faults", () => {
  const faults = new Faults();
  faults.add({ kind: "stall", sessionId: "s1" });
  const stalled = faults.take("s1", "results");
  for (let count = 0; count < 1000; count += 1) faults.add({ kind: "reset", sessionId: "s2" });

  expect(stalled?.lifted.signal.aborted).toBe(true);
  expect(faults.take("s1", "results")).toBeNull();
});

test("remembers the latest tokens to keep out of the log, and no short ones", () => {
  const tokens = new Tokens(null);
  for (let count = 0; count <= 1000; count += 1) tokens.add(`token-${count}-`);
  tokens.add("a");

  expect(tokens.redact("/a/token-1000-?x=token-0-")).toBe("/a/[token]?x=token-0-");
  expect(new Tokens(["s/cret="]).redact("/s%2Fcret%3D")).toBe("/[token]");
});
