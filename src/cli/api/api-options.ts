import { defaults } from "../../defaults.js";
import { durationText } from "../../input/duration.js";
import { contractOptions } from "../contract-option.js";
import { listenOptions } from "../listen-options.js";
import type { OptionTable } from "../option.js";
import { networkOptions } from "../target-options.js";

export const apiOptions = {
  ...listenOptions,
  local: { kind: "flag", describe: "lifts the rules on webhook URLs, for a receiver such as http://localhost:3000" },
  method: {
    ...contractOptions.method,
    describe: "the method of callbacks whose session does not say webhook_method: POST, PUT",
  },
  secret: {
    ...contractOptions.secret,
    describe: "what the events of POST /api/v3/stt are signed with, as '${NAME}', which is read from the environment",
  },
  token: {
    kind: "list",
    defaultText: "any",
    describe: "a token to let in, repeatable; ${NAME} inside is read from the environment",
  },
  "complete-after": {
    kind: "text",
    default: durationText(defaults.api.completeAfterMs),
    describe: "when a job completes by itself, such as 5s; none: only by POST /_mock/session/{sessionId}/complete",
  },
  "skip-waits": {
    kind: "flag",
    describe: "lets the waits until a job completes, between attempts and of stalls pass in no time",
  },
  seed: { kind: "text", defaultText: "random", describe: "of the session ids" },
  ...networkOptions,
} as const satisfies OptionTable;
