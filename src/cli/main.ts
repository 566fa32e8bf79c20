#!/usr/bin/env node
import { cli } from "./cli.js";
import { explainFailure } from "./failure.js";
import { keepFromCommanding } from "./harmless-output.js";
import { surviveBrokenPipes } from "./print.js";

surviveBrokenPipes();
for (const stream of [process.stdout, process.stderr]) keepFromCommanding(stream);
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error: unknown) => process.exit(explainFailure(error)));
}

// The process ends when nothing is left to do, so that everything printed gets out.
try {
  process.exitCode = await cli(process.argv.slice(2));
} catch (error) {
  process.exitCode = explainFailure(error);
}
