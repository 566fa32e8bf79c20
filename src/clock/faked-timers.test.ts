import { mock } from "node:test";
import { afterEach, expect, test, vi } from "vitest";
import { assertRealTimers } from "./faked-timers.js";

afterEach(() => {
  vi.useRealTimers();
  mock.timers.reset();
});

const ask = (): void => assertRealTimers("someCall");

test("real timers are what is asked for", () => {
  expect(ask).not.toThrow();
});

const waitedOn = ["setTimeout", "setInterval", "setImmediate", "performance", "queueMicrotask"] as const;
test.each(waitedOn)("%s is told of where it alone was put on a clock that stands still", (name) => {
  vi.useFakeTimers({ toFake: [name] });
  expect(ask).toThrow(
    expect.objectContaining({
      code: "ERR_TIMERS",
      message: expect.stringMatching(
        /^someCall: expected real timers, got faked ones, .*call vi\.useRealTimers\(\) first/,
      ),
    }),
  );
});

const ofNode = ["setTimeout", "setInterval", "setImmediate"] as const;
test.each(ofNode)("%s is told of where node:test put it there", (name) => {
  mock.timers.enable({ apis: [name] });
  expect(ask).toThrow("expected real timers");
});

test("a date may stand still", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  expect(ask).not.toThrow();
});
