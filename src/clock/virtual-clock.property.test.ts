import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Hold, Timer } from "./clock.js";
import { virtualClock } from "./virtual-clock.js";

type Next = "nothing" | "set-timer" | "hold-for-a-while";

type Step =
  | { do: "set"; at: Moment; next: Next }
  | { do: "cancel"; which: number }
  | { do: "hold" }
  | { do: "release"; which: number }
  | { do: "stall"; which: number; at: Moment }
  | { do: "wait"; turns: number };

/** In so many milliseconds from now, or at so many from the start: the latter makes for equal due times. */
type Moment = { in: number } | { at: number };

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({ in: fc.constantFrom(-1, 0, 0.3, 1, 2, 5, 1000) }),
  fc.record({ at: fc.constantFrom(1, 2, 3, 5, 1000, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 2, 5_000_000_000) }),
);
const which = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("set" as const),
      at: moment,
      next: fc.constantFrom<Next>("nothing", "set-timer", "hold-for-a-while"),
    }),
  },
  fc.record({ do: fc.constant("cancel" as const), which }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hold" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("release" as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("stall" as const), which, at: moment }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), turns: fc.nat(6) }) },
);

interface Due {
  readonly due: number;
  readonly order: number;
}

/** Plays the steps on a virtual clock, keeping its own books on what must hold whenever a timer fires. */
class Play {
  readonly clock = virtualClock();
  readonly #startedAt = this.clock.now();
  readonly violations: string[] = [];
  readonly #timers: { timer: Timer; due: Due }[] = [];
  readonly #holds: { hold: Hold; port: number; stalls: number }[] = [];
  readonly fired: Due[] = [];
  readonly expected = new Set<Due>();
  #set = 0;
  #ports = 1000;
  #busy = 0;

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.#perform(step);
    for (const { hold } of this.#holds.splice(0)) hold.release();
    for (let i = 0; i < 10_000 && this.clock.pendingTimers() + this.#busy > 0; i += 1) await turn();
  }

  async #perform(step: Step): Promise<void> {
    switch (step.do) {
      case "set":
        return this.#setTimer(this.#delayTo(step.at), step.next);
      case "cancel": {
        const chosen = this.#timers[step.which % Math.max(1, this.#timers.length)];
        chosen?.timer.cancel();
        if (chosen !== undefined && !this.fired.includes(chosen.due)) this.expected.delete(chosen.due);
        return;
      }
      case "hold":
        return void this.#takeHold();
      case "release":
        if (this.#holds.length === 0) return;
        return this.#holds.splice(step.which % this.#holds.length, 1)[0]?.hold.release();
      case "stall":
        return this.#stall(step.which, this.#delayTo(step.at));
      case "wait":
        await Promise.resolve();
        for (let i = 0; i < step.turns; i += 1) await turn();
    }
  }

  #setTimer(ms: number, next: Next): void {
    const due = this.#expect(ms);
    const timer = this.clock.timer(ms, () => {
      this.#record(due);
      if (next === "set-timer") this.#setTimer(this.#set % 3, "nothing");
      if (next === "hold-for-a-while") void this.#holdForAWhile();
    });
    this.#timers.push({ timer, due });
  }

  #takeHold(): Hold {
    const [hold, port] = [this.clock.hold(), this.#ports++];
    hold.bind(port);
    this.#holds.push({ hold, port, stalls: 0 });
    return hold;
  }

  /** As one who was woken by a sleep, and takes its hold some microtasks later. */
  async #holdForAWhile(): Promise<void> {
    this.#busy += 1;
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
    const hold = this.#takeHold();
    for (let i = 0; i < 3; i += 1) await turn();
    const index = this.#holds.findIndex((taken) => taken.hold === hold);
    if (index >= 0) this.#holds.splice(index, 1);
    hold.release();
    this.#busy -= 1;
  }

  #stall(which: number, ms: number): void {
    const stalled = this.#holds[which % Math.max(1, this.#holds.length)];
    if (stalled === undefined) return;
    const due = this.#expect(ms);
    stalled.stalls += 1;
    const ended = (): void => {
      this.#record(due, stalled);
      stalled.stalls -= 1;
    };
    this.clock.stall(stalled.port, ms).then(ended, (error: unknown) => this.violations.push(String(error)));
  }

  #expect(ms: number): Due {
    const due = { due: this.clock.now() + Math.max(0, Math.ceil(ms)), order: this.#set++ };
    this.expected.add(due);
    return due;
  }

  #record(due: Due, ended?: { stalls: number }): void {
    this.fired.push(due);
    const out = this.#holds.filter((hold) => hold.stalls === 0).length;
    if (out > 0) this.violations.push(`timer ${due.order} fired while ${out} holds were out`);
    if (ended === undefined && this.clock.holdsOut() !== 0) this.violations.push("the clock's own count was not 0");
    if (this.clock.now() !== due.due)
      this.violations.push(`timer ${due.order} was due ${this.clock.now() - due.due} ms ago`);
  }

  #delayTo(moment: Moment): number {
    return "in" in moment ? moment.in : this.#startedAt + moment.at - this.clock.now();
  }
}

const byDueThenOrder = (a: Due, b: Due): number => a.due - b.due || a.order - b.order;

test("whatever the interleaving, timers fire in order, on time, all of them, and never while a hold is out", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const play = new Play();
      await play.run(steps);
      expect(play.violations).toEqual([]);
      expect(play.fired).toEqual([...play.expected].sort(byDueThenOrder));
      expect(play.clock.holdsOut()).toBe(0);
      expect(play.clock.pendingTimers()).toBe(0);
    }),
    { numRuns: 500 },
  );
});
