import type { Plugin } from "rolldown";

const ownRequire = /^const require = createRequire\(import\.meta\.url\);$/m;

/** Lets what a module requires with a `require` of its own become part of the bundle, as an import does. */
export const bundledRequire: Plugin = {
  name: "bundled-require",
  transform: {
    filter: { id: /\/src\/.*\.ts$/, code: "const require = createRequire" },
    handler(code) {
      // The line stays, so that the lines of the source map are those of the source.
      return { code: code.replace(ownRequire, ""), map: null };
    },
  },
};
