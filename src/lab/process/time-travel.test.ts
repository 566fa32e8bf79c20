import { expect, test, vi } from "vitest";
import { needsProgram, skipReason } from "../../../fixtures/stacks/requirements.test.kit.js";
import {
  startAt,
  wholeSchedule,
  fixture,
  withoutFaketime,
  acknowledged,
  play,
  attempts,
  processed,
} from "./process-receiver.test.kit.js";
import { moments } from "./time-travel.js";

// Hundreds of steps, each of which waits for its turn on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const quickDuplicates = [0, 1000, 2000, 60_000, 180_000];

const receivers = [
  { name: "Node that compares times", command: (port: number) => `exec node ${fixture("dedupe.mjs")} ${port} clock` },
  {
    name: "Node that forgets by a timer",
    command: (port: number) => `exec node ${fixture("dedupe.mjs")} ${port} timer`,
  },
  {
    name: "Python that compares times",
    command: (port: number) => `python3 ${fixture("dedupe.py")} ${port} clock`,
  },
  {
    name: "Python that forgets by its event loop",
    command: (port: number) => `python3 ${fixture("dedupe_asyncio.py")} ${port}`,
  },
];

test.skipIf(withoutFaketime).each(receivers)(
  "a window of ten minutes holds for quick duplicates, not for the whole schedule: $name",
  async ({ command }) => {
    const played = await play(command, { timeTravel: true });
    expect(await attempts(played, quickDuplicates, "quick")).toEqual(quickDuplicates.map(() => acknowledged));
    expect(await processed(played, "quick")).toBe(1);
    await played.close();

    const again = await play(command, { timeTravel: true });
    expect(await attempts(again, wholeSchedule)).toEqual(wholeSchedule.map(() => acknowledged));
    expect(await processed(again)).toBe(3);
    expect(again.caveats()).toEqual([]);
  },
);

const tellsTime = (port: number): string =>
  `exec node -e 'let ticks = 0; const due = []; setInterval(() => ticks++, 60000);
  const chain = (left) => left > 0 && setTimeout(() => { due.push(Date.now()); chain(left - 1); }, 5000);
  require("http").createServer((q, r) => { if (q.url === "/start") chain(3);
  r.end(JSON.stringify({ now: Date.now(), ticks, due })) }).listen(${port}, "127.0.0.1")'`;

interface Told {
  readonly now: number;
  readonly ticks: number;
  readonly due: readonly number[];
}

const told = async (port: number, path = "/"): Promise<Told> =>
  (await (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } })).json()) as Told;

test.skipIf(withoutFaketime)("the process's clock is the scenario's at the start of each attempt", async () => {
  const { port, travelTo } = await play(tellsTime, { timeTravel: true });
  for (const offsetMs of wholeSchedule) {
    await travelTo?.(startAt + offsetMs);
    const { now } = await told(port);
    expect(now).toBeGreaterThanOrEqual(startAt + offsetMs - 1);
    // It runs on with real time meanwhile; a busy machine may take a while to answer.
    expect(now).toBeLessThan(startAt + offsetMs + 30_000);
  }
});

test.skipIf(withoutFaketime)("the process's clock never runs backwards", async () => {
  const { port, travelTo } = await play(tellsTime, { timeTravel: true });
  await travelTo?.(startAt + 60_000);
  const { now } = await told(port);
  await travelTo?.(startAt + 30_000);
  expect((await told(port)).now).toBeGreaterThanOrEqual(now);
});

test.skipIf(withoutFaketime)(
  "an interval fires again and again on the way, and timers in a chain each in their turn",
  async () => {
    const { port, travelTo } = await play(tellsTime, { timeTravel: true });
    await travelTo?.(startAt);
    await told(port, "/start");
    const before = await told(port);
    await travelTo?.(startAt + 30 * 60_000);
    const after = await told(port);
    expect(after.ticks - before.ticks).toBeGreaterThanOrEqual(20);
    const [first = 0, second = 0, third = 0] = after.due;
    expect(first - startAt).toBeGreaterThanOrEqual(5000);
    expect(first - startAt).toBeLessThan(60_000);
    expect(second - first).toBeGreaterThanOrEqual(4999);
    expect(third - second).toBeGreaterThanOrEqual(4999);
    expect(third - startAt).toBeLessThan(60_000);
  },
);

test.skipIf(withoutFaketime)(
  "a process that is started anew starts at the present moment of the scenario",
  async () => {
    const { port, travelTo, restart, at } = await play(tellsTime, { timeTravel: true });
    await travelTo?.(startAt);
    at(3_600_000);
    await restart?.();
    const { now } = await told(port);
    expect(now).toBeGreaterThanOrEqual(startAt + 3_600_000);
    expect(now).toBeLessThan(startAt + 3_660_000);
  },
);

test.skipIf(withoutFaketime).each(["thread", "timer"])(
  "says that a %s which sleeps does not follow",
  async (memory) => {
    const played = await play((port) => `python3 ${fixture("dedupe.py")} ${port} ${memory}`, { timeTravel: true });
    await attempts(played, wholeSchedule);
    expect(played.caveats()).toEqual([expect.stringContaining("threads of the receiver sleep until a time is up")]);
    expect(played.ownTime?.()).toContain("what sleeps in a thread of the receiver until a time is up");
  },
);

const withoutGo = withoutFaketime || skipReason("--time-travel with Go", needsProgram("go", "golang-go")) !== null;

test.skipIf(withoutGo)("refuses a Go program, whose clock would stay where it is", async () => {
  const go = play((port) => `go run ${fixture("clock.go")} ${port}`, { timeTravel: true, startTimeoutMs: 50_000 });
  await expect(go).rejects.toMatchObject({
    code: "ERR_TIME_TRAVEL",
    message: expect.stringContaining("clock is a Go program, which reads the clock without libc") as unknown,
  });
});

test.skipIf(withoutFaketime)("refuses a process that has shaken off libfaketime", async () => {
  const bare = play(
    (port) => `env -u LD_PRELOAD node -e 'require("http").createServer().listen(${port}, "127.0.0.1")'`,
    {
      timeTravel: true,
    },
  );
  await expect(bare).rejects.toThrow("libfaketime is not loaded in node");
});

test("a way is gone in steps of a second at first, then of a quarter of what is behind, and of a minute at last", () => {
  const way = [...moments(0, 1_800_000)];
  expect(way.slice(0, 6)).toEqual([1000, 2000, 3000, 4000, 5000, 6250]);
  expect(way.at(-1)).toBe(1_800_000);
  expect(Math.max(...way.map((at, i) => at - (way[i - 1] ?? 0)))).toBeCloseTo(60_000);
  expect([...moments(5, 5)]).toEqual([]);
  expect([...moments(5, 4)]).toEqual([]);
  expect([...moments(0, 400)]).toEqual([400]);
});

test.skipIf(withoutFaketime || skipReason("gunicorn and its watchdog", needsProgram("gunicorn", "gunicorn")) !== null)(
  "gunicorn keeps its workers, whose watchdog would take them for dead when time is moved",
  async () => {
    const app = `'n = 0
def app(environ, start):
  global n
  n += environ["REQUEST_METHOD"] == "POST"
  start("200 OK", [])
  return [str(n).encode()]'`;
    const command =
      (options: string) =>
      (port: number): string =>
        `cd "$(mktemp -d)" && printf %s ${app} > app.py && exec gunicorn ${options} -b 127.0.0.1:${port} app:app`;
    const played = await play(command(""), { timeTravel: true });
    await attempts(played, wholeSchedule);
    expect(await processed(played)).toBe(6);
    expect(played.caveats()).toContainEqual(expect.stringContaining("gunicorn was given --timeout 0"));
    const refused = play(command("--timeout 30"), { timeTravel: true });
    await expect(refused).rejects.toThrow("expected gunicorn with --timeout 0, got --timeout 30");
  },
);
