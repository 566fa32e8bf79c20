import { existsSync } from "node:fs";
import { machine, platform } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../errors.js";
import type { Environment } from "./command.js";

/** The one for programs with threads; it serves those without as well. */
const fileName = "libfaketimeMT.so.1";

/** Where distributions put it, and its own `make install`. */
const usualDirectories: readonly string[] = [
  `/usr/lib/${machine()}-linux-gnu/faketime`,
  "/usr/lib64/faketime",
  "/usr/lib/faketime",
  "/usr/local/lib/faketime",
  "/usr/local/lib64/faketime",
  "/home/linuxbrew/.linuxbrew/lib/faketime",
];

/** @throws UsageError `ERR_TIME_TRAVEL` with a sentence on how to get it. */
export function findLibfaketime(directories: readonly string[] = usualDirectories): string {
  if (platform() !== "linux") {
    throw new UsageError(
      "ERR_TIME_TRAVEL",
      "--time-travel: expected Linux, where libfaketime can move the clock of a process, got another system; leave it out, or give the receiver as --app",
    );
  }
  const found = directories.map((directory) => join(directory, fileName)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new UsageError(
    "ERR_TIME_TRAVEL",
    `--time-travel: expected libfaketime to be installed, found no ${fileName}; get it with apt-get install faketime (Debian, Ubuntu), dnf install libfaketime (Fedora), apk add libfaketime (Alpine) or pacman -S libfaketime (Arch)`,
  );
}

/** The environment of a process whose clock is to be read from a file. */
export function travellingEnvironment(env: Environment, library: string, timestampFile: string): Environment {
  // Any setting of its own would go before the file, or limit what it does.
  const others = Object.entries(env).filter(([name]) => !name.startsWith("FAKETIME"));
  return {
    ...Object.fromEntries(others),
    LD_PRELOAD: env["LD_PRELOAD"] ? `${library}:${env["LD_PRELOAD"]}` : library,
    FAKETIME_TIMESTAMP_FILE: timestampFile,
    FAKETIME_NO_CACHE: "1",
    // It would move the times of files by as much as the clock, so that no file ever got older.
    NO_FAKE_STAT: "1",
    // Without it `Date` jumps but pending timers stay where they are; on ARM it is not the default.
    FAKETIME_DONT_FAKE_MONOTONIC: "0",
  };
}

/** What libfaketime leaves behind when the process that it was first loaded into is ended by a signal. */
export const sharedMemoryOf = (pid: number): readonly string[] => [
  `/dev/shm/faketime_shm_${pid}`,
  `/dev/shm/sem.faketime_sem_${pid}`,
];
