/* oxlint-disable no-restricted-globals -- here the app's time is put in place of the real one */
import os from "node:os";

/**
 * Has everything that tells the time since some start tell the app's, `process.hrtime` aside. What measures goes on to
 * measure what it measures.
 * @param monotonic milliseconds since the origin.
 * @param originMs in milliseconds since the Unix epoch.
 */
export function tellMonotonic(monotonic: () => number, originMs: number): void {
  const put = (name: string, value: unknown): void =>
    void Object.defineProperty(performance, name, { value, configurable: true, writable: true });
  put("now", monotonic);
  put("timeOrigin", originMs);
  const mark = performance.mark.bind(performance);
  put("mark", (name: string, options?: PerformanceMarkOptions) =>
    mark(name, { ...options, startTime: options?.startTime ?? monotonic() }),
  );
  const measure = performance.measure.bind(performance) as (...args: unknown[]) => PerformanceMeasure;
  put("measure", (name: string, from?: string | PerformanceMeasureOptions, to?: string) => {
    if (typeof from === "object" ? from.end !== undefined || from.duration !== undefined : to !== undefined)
      return measure(name, from, to);
    const given = typeof from === "object" ? from : { start: from ?? 0 };
    return measure(name, { ...given, end: monotonic() });
  });
  process.uptime = () => monotonic() / 1000;
  // As exact as the kernel's: to a hundredth of a second.
  os.uptime = () => Math.trunc(monotonic() / 10) / 100;
  stampEvents(monotonic);
}

/** `timeStamp` of an event is the time of its making. */
function stampEvents(monotonic: () => number): void {
  const stamps = new WeakMap<Event, number>();
  Object.defineProperty(Event.prototype, "timeStamp", {
    get(this: Event): number {
      const known = stamps.get(this);
      if (known !== undefined) return known;
      // One that Node has made, and hands on at once.
      stamps.set(this, monotonic());
      return this.timeStamp;
    },
    configurable: true,
    enumerable: true,
  });
  globalThis.Event = new Proxy(Event, {
    construct(target, args, newTarget) {
      const event = Reflect.construct(target, args, newTarget) as Event;
      stamps.set(event, monotonic());
      return event;
    },
  });
}

interface PerformanceMarkOptions {
  readonly detail?: unknown;
  readonly startTime?: number;
}

interface PerformanceMeasureOptions {
  readonly start?: number | string;
  readonly end?: number | string;
  readonly duration?: number;
}
