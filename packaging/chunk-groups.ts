interface ChunkGroup {
  readonly name: string;
  /** A module; what it imports goes with it, unless a group above has that. */
  readonly test: RegExp;
}

const ofPackage = (name: string): RegExp => new RegExp(`/node_modules/${name}/`);

/**
 * What stands in one file with what it imports; the first one that a module fits has it. The rest is divided by what is
 * loaded together.
 */
export const chunkGroups: readonly ChunkGroup[] = [
  // Of others alone, so that it needs no source map.
  { name: "ajv", test: ofPackage("ajv") },
  { name: "ipaddr", test: ofPackage("ipaddr\\.js") },
  { name: "fastify", test: ofPackage("fastify") },
  { name: "x509", test: ofPackage("(?:@peculiar/x509|reflect-metadata)") },
  { name: "yaml", test: ofPackage("yaml") },
  { name: "fast-check", test: ofPackage("fast-check") },
  { name: "fake-timers", test: ofPackage("@sinonjs/fake-timers") },
  { name: "preact", test: ofPackage("preact(?:-render-to-string)?") },
  { name: "picomatch", test: ofPackage("picomatch") },
  { name: "prompts", test: ofPackage("@clack/prompts") },
  { name: "yargs", test: ofPackage("yargs") },
  // main.ts explains a failure with these, so that they must not be with what may fail.
  { name: "main", test: /\/src\/cli\/(?:failure|harmless-output|print)\.ts$/ },
  // The thread of an app loads nothing beyond what it needs.
  { name: "app", test: /\/src\/lab\/app\/(?:error-text|request-listener|app-module)\.ts$/ },
  { name: "command-line", test: /\/src\/cli\/cli\.ts$/ },
  { name: "catalogue", test: /\/src\/cli\/list\/list-command\.ts$/ },
  { name: "sender", test: /\/src\/(?:clock|sender)\/[\w-]+\.ts$/ },
  { name: "lab", test: /\/src\/lab\/[\w-]+\.ts$/ },
  { name: "runner", test: /\/src\/runner\/[\w-]+\.ts$/ },
  { name: "reports", test: /\/src\/cli\/report\/report-(?:present|files|input)\.ts$/ },
  { name: "run", test: /\/src\/cli\/run\/run-command\.ts$/ },
];
