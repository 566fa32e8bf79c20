import type { Contract } from "./contract.js";
import type { Figures } from "./figures.js";

const minutes = (count: number): number => count * 60_000;

/** Change a figure here and sender, checks, help and report follow. */
export const documentedFigures: Figures = {
  deadlineMs: 20_000,
  retryDelaysMs: [1, 2, 5, 15, 30].map(minutes),
};

/** Names, lower case, that no custom header takes: those that carry the message, and those of HTTP itself. */
export const systemHeaders = (...own: readonly string[]): readonly string[] => [
  "content-type",
  ...own.map((name) => name.toLowerCase()),
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "upgrade",
  "te",
  "trailer",
  "expect",
];

/** How every callback of the service is delivered, and to what URLs. */
export const deliveryOf = (figures: Figures): Pick<Contract, "response" | "retry" | "callbackUrl"> => ({
  response: { deadlineMs: figures.deadlineMs, bodyCapBytes: 64 * 1024 },
  retry: { delaysMs: figures.retryDelaysMs, delayFrom: "attempt-start" },
  callbackUrl: {
    scheme: "https:",
    localhostSuffixes: ["localhost", "localdomain"],
    internalSuffixes: [
      // RFC 6761 (test, example, invalid), 6762 (local), 7686 (onion), 8375 (home.arpa), 9476 (alt)
      "local",
      "test",
      "example",
      "invalid",
      "onion",
      "home.arpa",
      "alt",
      // by custom
      "internal",
      "intranet",
      "lan",
      "corp",
      "home",
      "private",
    ],
  },
});
