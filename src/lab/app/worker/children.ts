import { ChildProcess } from "node:child_process";

/** Node's own: every child process that is not waited for is started by it. */
interface Spawning {
  spawn: (this: ChildProcess, ...args: unknown[]) => unknown;
}

/** Tells of each child process of the app, at its start and at its end. */
export function watchChildren(tell: (pid: number, isAlive: boolean) => void): void {
  const prototype = ChildProcess.prototype as unknown as Spawning;
  const { spawn } = prototype;
  prototype.spawn = function watched(...args) {
    const result = Reflect.apply(spawn, this, args);
    const { pid } = this;
    if (pid !== undefined) {
      tell(pid, true);
      this.once("exit", () => tell(pid, false));
    }
    return result;
  };
}
