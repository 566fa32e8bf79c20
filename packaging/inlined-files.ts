import type { Plugin } from "rolldown";
import { hostileFiles } from "../src/receivers/hostile-files.js";

/** Makes the files that a module reads a part of it. */
export const inlinedFiles: Plugin = {
  name: "inlined-files",
  load: {
    filter: { id: /\/src\/receivers\/hostile-files\.ts$/ },
    handler() {
      const text = JSON.stringify(JSON.stringify(hostileFiles()));
      return `const files = JSON.parse(${text});\nexport const hostileFiles = () => files;\n`;
    },
  },
};
