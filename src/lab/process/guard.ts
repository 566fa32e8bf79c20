import { spawn } from "node:child_process";

/** Reads until its standard input ends, which it does when the harness is gone, however that came about. */
const script = 'read -r line; kill -s KILL -- "-$1"; shift; rm -rf -- "$@"';

/**
 * Kills a process group and removes files, should the harness be killed so hard that it cannot do it. What has left the
 * group by then stays behind: Node cannot ask the kernel for `PR_SET_PDEATHSIG`, and that does not reach grandchildren.
 * @returns a way to call it off.
 */
export function guard(group: number, files: readonly string[], env: NodeJS.ProcessEnv): () => Promise<void> {
  const child = spawn("sh", ["-c", script, "guard", String(group), ...files], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env,
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return async () => {
    child.kill("SIGKILL");
    await gone;
    child.stdin.destroy();
  };
}
