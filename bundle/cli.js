#!/usr/bin/env node
import { i as explainFailure, t as keepFromCommanding, u as surviveBrokenPipes } from "./main-C_aTT-j6.js";
import module from "node:module";
// src/cli/main.ts
module.enableCompileCache?.();
surviveBrokenPipes();
for (const stream of [process.stdout, process.stderr]) keepFromCommanding(stream);
for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, (error) => process.exit(explainFailure(error)));
if (process.platform !== "win32") process.on("SIGXFSZ", () => {});
try {
	const { cli } = await import("./cli-S0XnJ24X.js");
	process.exitCode = await cli(process.argv.slice(2));
} catch (error) {
	process.exitCode = explainFailure(error);
}
export {};

//# sourceMappingURL=cli.js.map