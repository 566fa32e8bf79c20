import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { rolldown, type OutputAsset, type OutputChunk } from "rolldown";
import { minifySync } from "rolldown/utils";
import { bundledRequire } from "./bundled-require.js";
import { chunkGroups } from "./chunk-groups.js";
import { inlinedFiles } from "./inlined-files.js";
import { licencesOf } from "./licences.js";
import { mapOfOwnCode } from "./own-source-map.js";
import { declarationsOf } from "./declarations.js";

/** `npm run bundle`: what is published, made of the sources, of what they depend on, and of the declarations in `dist`. */
const root = fileURLToPath(new URL("../..", import.meta.url));
const { values: options } = parseArgs({ options: { out: { type: "string", default: join(root, "bundle") } } });
const { out } = options;

const bundle = await rolldown({
  cwd: root,
  platform: "node",
  // What a thread loads stands where whoever starts it looks for it from the folder of the chunks.
  input: {
    cli: "src/cli/main.ts",
    index: "src/index.ts",
    vitest: "src/vitest/index.ts",
    "embedded-thread": "src/cli/run/embedded-thread.ts",
    "worker/app-worker": "src/lab/app/worker/app-worker.ts",
    "worker/moved-thread": "src/lab/app/worker/moved-thread.ts",
    "worker/served-app": "src/lab/app/worker/served-app.ts",
    "worker/typescript-loader": "src/lab/app/worker/typescript-loader.ts",
  },
  // A peer, which is the user's own.
  external: [/^node:/, "vitest"],
  resolve: { alias: { "string-width": join(root, "packaging/text-width.ts") } },
  plugins: [bundledRequire, inlinedFiles],
  onLog(level, log, handle) {
    // A bundle with something missing is none; that something is loaded sooner than asked for is no loss.
    if (log.code === "INEFFECTIVE_DYNAMIC_IMPORT") return;
    if (level === "warn") throw new Error(log.message);
    handle(level, log);
  },
});
const { output } = await bundle.generate({
  format: "esm",
  sourcemap: true,
  // They stand in the source maps.
  comments: { legal: false, annotation: false, jsdoc: false },
  chunkFileNames: "[name]-[hash].js",
  codeSplitting: { groups: chunkGroups.map((group, index) => ({ ...group, priority: chunkGroups.length - index })) },
});
await bundle.close();

const chunks = output.filter((file): file is OutputChunk => file.type === "chunk");
const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
rmSync(out, { recursive: true, force: true });
for (const chunk of chunks) {
  const map = mapOfOwnCode(chunk, root);
  write(chunk.fileName, map === null ? withoutSpace(chunk) : chunk.code);
  if (map !== null) write(`${chunk.fileName}.map`, map);
}
const strays = output.filter((file): file is OutputAsset => file.type === "asset" && !file.fileName.endsWith(".map"));
if (strays.length > 0) throw new Error(`expected chunks alone, got ${strays.map((file) => file.fileName).join(", ")}`);
write("THIRD-PARTY-LICENCES.txt", licencesOf(modules));
for (const [path, text] of declarationsOf(join(root, "dist"), ["src/index.d.ts", "src/vitest/index.d.ts"])) {
  write(join("types", path), text);
}

function write(path: string, text: string): void {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Names stay, which messages may be made of. */
function withoutSpace({ fileName, code }: OutputChunk): string {
  return minifySync(fileName, code, { module: true, compress: true, mangle: { keepNames: true } }).code;
}
