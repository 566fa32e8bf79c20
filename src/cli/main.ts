#!/usr/bin/env node
import module from "node:module";
import { explainFailure } from "./failure.js";
import { keepFromCommanding } from "./harmless-output.js";
import { surviveBrokenPipes } from "./print.js";

// From Node 22.1 on, what the next start loads is compiled already.
(module as { enableCompileCache?(): void }).enableCompileCache?.();
surviveBrokenPipes();
for (const stream of [process.stdout, process.stderr]) keepFromCommanding(stream);
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => process.exit(explainFailure(error)));
}
// A file that grows beyond `ulimit -f` is then an error of its write, and not the end of the process.
if (process.platform !== "win32") process.on("SIGXFSZ", () => {});

// The process ends when nothing is left to do, so that everything printed gets out.
try {
  // Some of what it loads asks for the working directory, which may be gone.
  const { cli } = await import("./cli.js");
  process.exitCode = await cli(process.argv.slice(2));
} catch (error) {
  process.exitCode = explainFailure(error);
}
