import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import { cutTo } from "../../cut.js";
import { showControlCharacters } from "../../report/control-character.js";
import { isTool } from "../tools.js";
import type { ReceiverListener } from "../lab-receiver.js";
import { runCommand, type Environment, type RunningCommand } from "./command.js";
import { endingText } from "./ending.js";
import { living } from "./family.js";
import { whyNotMoved, whyNotStarted } from "./follows-time.js";
import { sharedMemoryOf } from "./libfaketime.js";
import { linksOf, listeners } from "./listeners.js";
import { unixListeners } from "./sockets.js";
import { accepts } from "./this-machine.js";
import { atRest } from "./threads.js";
import type { TimeTravel } from "./time-travel.js";

export interface CompanionsOptions {
  /** For the shell, started in this order. */
  readonly commands: readonly string[];
  /** Moves their clocks; null where they live in wall time. */
  readonly time: TimeTravel | null;
  /** Wall milliseconds for each to answer. */
  readonly startTimeoutMs: number;
  readonly on: ReceiverListener;
  /** The scenario's clock, for the time of events. */
  readonly now: () => number;
  readonly env: Environment;
  /** Ends the start; those that run by then are ended before it rejects. */
  readonly signal?: AbortSignal;
}

/** Processes that the receiver needs: a database, a queue, a worker. */
export interface Companions {
  readonly time: TimeTravel | null;
  /** A line each, for the timeline. */
  readonly titles: readonly string[];
  /** Those alive. */
  pids(): readonly number[];
  /** Whether it is the address of one of them, as `127.0.0.1:5432` or a path. */
  owns(name: string): boolean;
  /** Leaves no process behind. */
  close(): Promise<void>;
}

const pollMs = 20;

/** Whoever listens may still be at work on getting ready, and a worker listens nowhere at all. In milliseconds. */
const calmMs = { listening: 100, otherwise: 1000 };

const longestTitle = 120;

/**
 * Starts them one after the other, each when the one before it answers: when it accepts connections, or, where it listens
 * nowhere, when it has come to rest.
 * @throws UsageError `ERR_WITH` with the last output for one that cannot be started, ends, or does not come to rest in
 * time; `ERR_TIME_TRAVEL` for one whose clock cannot be moved.
 */
export async function startCompanions(options: CompanionsOptions): Promise<Companions> {
  const { commands, time } = options;
  const running: RunningCommand[] = [];
  let isClosing = false;
  const pidsOf = ({ family }: RunningCommand): readonly number[] => (family === null ? [] : living(family));
  const pids = (): readonly number[] => running.flatMap(pidsOf);

  async function close(): Promise<void> {
    isClosing = true;
    // The first may be what the others need.
    for (const each of [...running].reverse()) await each.stop();
    await time?.close();
  }

  try {
    for (const command of commands) {
      options.signal?.throwIfAborted();
      const each = start(command, options);
      running.push(each);
      await answers(command, each, options);
      void each.ended.then((ending) => {
        if (isClosing) return;
        const line = each.output.telling();
        const text = `${titleOf(command)}: ${endingText(ending)}${line === undefined ? "" : `: ${line}`}`;
        options.on({ kind: "companion-ended", at: options.now(), text });
      });
    }
  } catch (error) {
    await close();
    throw error;
  }

  return {
    time,
    titles: commands.map((command) => `${titleOf(command)}${time === null ? "" : ", its clock moved"}`),
    pids,
    owns(name) {
      const own = pids();
      const port = /^(?:127\.0\.0\.1|localhost|\[?::1\]?):(\d+)$/.exec(name)?.[1];
      if (port !== undefined) return listeners(own).some((listener) => listener.port === Number(port));
      const links = new Set(own.flatMap(linksOf));
      return unixListeners().some(({ path, link }) => path === name && links.has(link));
    },
    close,
  };
}

function start(command: string, { time, env }: CompanionsOptions): RunningCommand {
  return runCommand({
    command,
    env: time?.environment(env) ?? env,
    plainEnv: env,
    ...(time && { leftBy: sharedMemoryOf, leftovers: [time.directory] }),
  });
}

async function answers(command: string, running: RunningCommand, options: CompanionsOptions): Promise<void> {
  const { startTimeoutMs, signal, time } = options;
  const { family, output } = running;
  const startedAt = systemClock.now();
  const until = startedAt + startTimeoutMs;
  let mark: string | null = null;
  let calmSince = startedAt;
  for (;;) {
    signal?.throwIfAborted();
    const lines = output.lines();
    const trouble = time === null ? null : whyNotStarted(lines);
    if (trouble !== null) throw cannotMove(command, trouble);
    const ending = running.ending();
    if (ending !== null) throw unusable(command, `${endingText(ending)} before it answered`, lines);
    const pids = family === null ? [] : living(family);
    const now = systemClock.now();
    const seen = atRest(pids);
    if (seen === null || seen !== mark) calmSince = now;
    mark = seen;
    const ports = listeners(pids).map(({ port }) => port);
    const calm = ports.length > 0 ? calmMs.listening : calmMs.otherwise;
    // One that ticks never stands still for long.
    const isCalm = now - calmSince >= calm || (seen !== null && now - startedAt >= calmMs.otherwise);
    if (isCalm && (await acceptsAt(ports))) {
      if (time !== null) assertMoved(command, pids);
      return;
    }
    if (now >= until) throw unusable(command, `it did not come to rest in ${startTimeoutMs / 1000} seconds`, lines);
    await systemClock.sleep(pollMs, signal);
  }
}

async function acceptsAt(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) if (!(await accepts({ addresses: ["127.0.0.1", "::1"], port }))) return false;
  return true;
}

function assertMoved(command: string, pids: readonly number[]): void {
  for (const pid of pids) {
    const reason = whyNotMoved(pid);
    if (reason === null || isTool(reason.name)) continue;
    throw cannotMove(command, `${reason.text}, so its clock cannot be moved`);
  }
}

const cannotMove = (command: string, because: string): UsageError =>
  new UsageError("ERR_TIME_TRAVEL", `--with ${titleOf(command)}: ${because}; ${aside}`);

const aside =
  "start it by itself and move it with --advance-command 'cmd {seconds}' (the README links tested recipes for Redis and PostgreSQL)";

const titleOf = (command: string): string => showControlCharacters(cutTo(longestTitle, command.trim()));

const unusable = (command: string, problem: string, lines: readonly string[]): UsageError =>
  new UsageError(
    "ERR_WITH",
    `--with ${titleOf(command)}: ${problem}${
      lines.length === 0 ? "; it printed nothing" : `; its last output:\n${lines.map((line) => `  ${line}`).join("\n")}`
    }`,
  );
