import { expect, test } from "vitest";
import { row, unmeasured } from "./row.js";
import { table } from "./table.js";

const goal = { of: "ratio", bound: "at-least", value: 0.9 } as const;

test("a table says for each figure whether its goal is met, and where we stand in one line", () => {
  const rows = [
    row({ id: "a", what: "sending", unit: "per second", peer: "bare", goal }, [40_000], [40_000]),
    row({ id: "b", what: "sending", unit: "per second", peer: "fast", goal }, [40_000], [50_000]),
    row({ id: "c", what: "cost", unit: "µs", peer: "among few", goal: null, note: "peak 9 MB" }, [12], [10]),
    unmeasured({ id: "d", what: "starting", unit: "ms", peer: "empty", goal }, "no such file"),
  ];
  expect(table(rows)).toBe(
    [
      "what      ours      peer              ratio  goal    met",
      "--------  --------  ----------------  -----  ------  ------------",
      "sending   40,000/s  bare: 40,000/s    1.00   >= 0.9  met",
      "sending   40,000/s  fast: 50,000/s    0.80   >= 0.9  missed",
      "cost      12 µs     among few: 10 µs  1.20   -       -",
      "  (peak 9 MB)",
      "starting  -         empty             -      >= 0.9  not measured",
      "  (no such file)",
      "",
      "1 of 3 goals met; missed: sending beside fast; not measured: starting",
    ].join("\n"),
  );
});
