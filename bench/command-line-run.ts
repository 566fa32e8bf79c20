import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { systemClock } from "../src/clock/system-clock.js";

const main = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const pollMs = 50;

export interface CommandRun {
  readonly ms: number;
  /** The most memory that it took at once; null where the system does not tell (it does on Linux). */
  readonly mostBytes: number | null;
}

/** Runs a command as a user does. @throws Error for one that ends otherwise than with these exit codes. */
export async function runCommand(args: readonly string[], expected: readonly number[] = [0]): Promise<CommandRun> {
  const startedAt = systemClock.now();
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told = `${told}${text}`.slice(-2000)));
  let mostBytes: number | null = null;
  const closed = once(child, "close");
  while (child.exitCode === null && child.signalCode === null) {
    mostBytes = peakOf(child.pid) ?? mostBytes;
    await Promise.race([closed, systemClock.sleep(pollMs)]);
  }
  const [code] = (await closed) as [number | null];
  if (code === null || !expected.includes(code)) throw new Error(`${args.join(" ")} ended with ${code}: ${told}`);
  return { ms: systemClock.now() - startedAt, mostBytes };
}

function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
