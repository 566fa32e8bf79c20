import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram } from "./child-program.js";
import { runCommand, type CommandRun } from "./command-line-run.js";
import { row, type Plan, type Row } from "./row.js";

const many = 1000;
const few = 100;
const mebibyte = 1024 * 1024;

/** A set of local targets, each asked for what is required of an acknowledgement: time, memory, files, two processes. */
export async function manyTargets({ scale }: Plan): Promise<Row[]> {
  const [most, least] = [many, few].map((count) => Math.max(2, Math.ceil(count * scale))) as [number, number];
  const { child, message: port, ended } = await startProgram("slow-server.js", ["0"]);
  const directory = mkdtempSync(join(tmpdir(), "bench-targets-"));
  const check = async (count: number, name: string, more: readonly string[] = []): Promise<CommandRun> => {
    const file = join(directory, `${count}.json`);
    const targets = Array.from({ length: count }, (_, index) => ({
      name: `target-${index + 1}`,
      url: `http://127.0.0.1:${String(port)}/hook/${index + 1}`,
    }));
    writeFileSync(file, JSON.stringify(targets));
    const filters = ["--suite", "acknowledgement", "--level", "required", "--local", "--quiet"];
    return runCommand(["run", "--targets", file, ...filters, "--out", join(directory, name), ...more]);
  };
  try {
    const alone = await check(least, "few");
    const whole = await check(most, "many");
    const shards = await Promise.all([1, 2].map((index) => check(most, `shard-${index}`, ["--shard", `${index}/2`])));
    const files = readdirSync(join(directory, "many"), { recursive: true, withFileTypes: true });
    const written = files.filter((entry) => entry.isFile()).length;
    const each = ({ ms }: CommandRun, count: number): number => ms / count;
    const memory = (run: CommandRun): number => (run.mostBytes ?? Number.NaN) / mebibyte;
    return [
      row(
        {
          id: "targets-time",
          what: `time a target, of ${most}`,
          unit: "ms",
          peer: `of ${least}`,
          goal: { of: "ratio", bound: "at-most", value: 1.2 },
          figures: { files: written },
          note: `${written} files were written`,
        },
        [each(whole, most)],
        [each(alone, least)],
      ),
      row(
        {
          id: "targets-memory",
          what: `memory at most, ${most} targets`,
          unit: "MiB",
          peer: `${least} targets`,
          goal: { of: "ratio", bound: "at-most", value: 2 },
        },
        [memory(whole)],
        [memory(alone)],
      ),
      row(
        {
          id: "targets-shards",
          what: `${most} targets, two processes side by side`,
          unit: "s",
          peer: "one process",
          goal: null,
        },
        [Math.max(...shards.map(({ ms }) => ms)) / 1000],
        [whole.ms / 1000],
      ),
    ];
  } finally {
    child.kill();
    await ended;
    rmSync(directory, { recursive: true });
  }
}
