import type { Clock } from "../../clock/clock.js";
import type { RunEvent } from "../../runner/run.js";
import { seconds } from "../../in-words.js";

/** Of checks that run side by side. */
const mostNamed = 3;

/** Follows a run, and says in a line how far it is and what it waits for. */
export function runState(clock: Clock): { on(event: RunEvent): void; text(): string } {
  const startedAt = clock.now();
  const running = new Map<string, boolean>();
  const retries = new Map<string, string>();
  let checks = 0;
  const ended = new Map<string, string>();
  let waitsFor: string | null = null;
  return {
    on(event) {
      switch (event.kind) {
        case "started":
          checks = event.checks;
          break;
        case "stage":
          waitsFor = event.says;
          break;
        case "waiting":
          retries.set(event.id, `waits for attempt ${event.attempt} of ${event.of} until ${event.until}`);
          break;
        case "baseline":
          waitsFor = null;
          break;
        case "check-started":
          running.set(event.id, event.confirming);
          if (!event.confirming) waitsFor = null;
          break;
        case "check-ended":
          running.delete(event.check.id);
          retries.delete(event.check.id);
          ended.set(event.check.id, event.check.outcome);
          break;
      }
    },
    text() {
      const all = [...running].map(
        ([id, confirming]) => `${id}${confirming ? " once more" : ""}${retries.has(id) ? ` ${retries.get(id)}` : ""}`,
      );
      const names = all.length > mostNamed ? [...all.slice(0, mostNamed), `${all.length - mostNamed} more`] : all;
      const failed = [...ended.values()].filter((outcome) => outcome === "failed").length;
      const failures = failed === 0 ? "" : `, ${failed} failed`;
      const now = [waitsFor ?? [], ...(names.length === 0 ? [] : [names.join(", ")])].flat().join(": ");
      return `${ended.size} of ${checks} checks ended${failures}, ${seconds(clock.now() - startedAt)}${now === "" ? "" : `: ${now}`}`;
    },
  };
}
