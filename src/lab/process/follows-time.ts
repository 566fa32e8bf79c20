import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { isoTime, parseTime } from "../../clock/timestamps.js";
import { UsageError } from "../../errors.js";
import { showControlCharacters } from "../../report/control-character.js";
import { listeners } from "./listeners.js";
import { linkTarget, readText } from "./proc.js";

/** @throws UsageError `ERR_TIME_TRAVEL` when the clock of whatever listens on the port cannot be moved. */
export function assertFollowsTime(port: number, pids: readonly number[]): void {
  const servers = new Set(
    listeners(pids)
      .filter((listener) => listener.port === port)
      .map(({ pid }) => pid),
  );
  if (servers.size === 0) {
    throw cannotMove(
      `what listens on port ${port} is not a process of the command's own (a container?), so its clock cannot be moved`,
    );
  }
  for (const pid of servers) {
    const name = showControlCharacters(basename(linkTarget(`/proc/${pid}/exe`)));
    if (isGo(`/proc/${pid}/exe`)) {
      throw cannotMove(`${name} is a Go program, which reads the clock without libc, so its clock cannot be moved`);
    }
    if (!readText(`/proc/${pid}/maps`).includes("/libfaketime")) {
      throw cannotMove(
        `libfaketime is not loaded in ${name}, which is linked statically, against another libc, or runs with other rights, so its clock cannot be moved`,
      );
    }
  }
}

/** A runtime that does not follow is a day away or more; one that does, at most the time that a server keeps the line of an answer. */
const farOffMs = 3_600_000;

/**
 * Looks at the Date header of an answer, which shows whether the process's clock follows after all: that of a runtime
 * that asks the kernel for the time itself does not.
 * @param now what the process's clock should show, in milliseconds since the Unix epoch.
 * @throws UsageError `ERR_TIME_TRAVEL` where it does not.
 */
export function assertDateFollows(dateHeader: string, now: number): void {
  const shown = parseTime(dateHeader);
  if (shown === null || Math.abs(shown - now) <= farOffMs) return;
  throw cannotMove(
    `an answer is dated ${isoTime(shown)} where the scenario has ${isoTime(now)}, so the clock does not follow`,
  );
}

const cannotMove = (because: string): UsageError =>
  new UsageError("ERR_TIME_TRAVEL", `--time-travel: ${because}; leave it out to play the scenario without`);

/** Go's linker writes a section `.go.buildinfo`, which stripping leaves in place; also what cgo links dynamically has it. */
export function isGo(executable: string): boolean {
  let file: number;
  try {
    file = openSync(executable, "r");
  } catch {
    return false;
  }
  try {
    return sectionNames((at, length) => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, at);
      return bytes;
    }).includes(".go.buildinfo");
  } finally {
    closeSync(file);
  }
}

/** The table of section names of a little-endian ELF file, of 32 or 64 bits (elf(5)). */
function sectionNames(read: (at: number, length: number) => Buffer): string {
  const header = read(0, 64);
  if (header.toString("latin1", 0, 4) !== "\x7fELF" || header[5] !== 1) return "";
  const wide = header[4] === 2;
  const table = wide ? Number(header.readBigUInt64LE(40)) : header.readUInt32LE(32);
  if (table === 0) return "";
  const size = header.readUInt16LE(wide ? 58 : 46);
  const index = header.readUInt16LE(wide ? 62 : 50);
  const names = read(table + index * size, size);
  return wide
    ? read(Number(names.readBigUInt64LE(24)), Number(names.readBigUInt64LE(32))).toString("latin1")
    : read(names.readUInt32LE(16), names.readUInt32LE(20)).toString("latin1");
}
