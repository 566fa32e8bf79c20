import type { Decision } from "./decision.js";
import { inWords, type Figures } from "./figures.js";

/**
 * Those that hold for every callback of the service.
 * @param ownHeaders names of the headers that carry the message.
 */
export const decisionsFor = ({ retryDelaysMs }: Figures, ownHeaders: readonly string[]): readonly Decision[] => [
  {
    id: "retry-delay-from",
    question: "What a retry delay is counted from",
    decision: "The start of the previous attempt; retryDelayFrom switches it to the end.",
    reason: "Only then do both columns of the table, delay and total elapsed, hold whatever an attempt took.",
  },
  {
    id: "deadline-span",
    question: "What the deadline spans",
    decision:
      "From the start of the attempt, DNS, connect and TLS included, to the complete status line and headers. The body is read up to a cap and to the same deadline.",
    reason: "The page speaks of a status code; a body that is late or endless does not undo an acknowledgement.",
  },
  {
    id: "redirects",
    question: "Redirects and interim answers",
    decision: "A 3XX is not followed: it is a non-2XX answer. 1XX answers are ignored.",
    reason: "The page asks for a 2XX from the endpoint itself.",
  },
  {
    id: "network-failures",
    question: "Refused and reset connections, DNS and TLS failures",
    decision: "Failed attempts like any other, and retried.",
    reason: "The page gives timeout and non-2XX as examples of failure, not as the whole list.",
  },
  {
    id: "up-to-so-many-times",
    question: `Up to ${retryDelaysMs.length + 1} times`,
    decision: `The ${inWords(retryDelaysMs.length + 1)} attempts of the table, that is ${inWords(retryDelaysMs.length)} retries.`,
    reason: "The table is the more precise of the two.",
  },
  {
    id: "no-special-statuses",
    question: "410, 429 and Retry-After",
    decision: "Failed attempts; the schedule does not change.",
    reason: "The page gives them no meaning.",
  },
  {
    id: "system-headers",
    question: "Which headers are system headers",
    decision: `${["Content-Type", ...ownHeaders].join(", ")} and those that HTTP itself owns, in any letter case. A custom header of such a name is dropped and the drop is reported.`,
    reason: "The page lists two and says 'etc.'; the others carry the message framing.",
  },
  {
    id: "identical-retries",
    question: "The request on a retry",
    decision: "Byte-identical to the first attempt, headers too.",
    reason: "The page describes one callback that is delivered again.",
  },
  {
    id: "external-reachability",
    question: "Internal domains and IP addresses",
    decision:
      "Internal is a single-label host or a name under a special-use or customary private suffix; an IP address is any literal that the URL parser accepts. A name that resolves to any address that is not globally reachable is not externally reachable.",
    reason:
      "RFC 6761, 6762, 7686, 8375 and 9476 name the suffixes, and IANA's special-purpose registries say which addresses are globally reachable.",
  },
  {
    id: "wire",
    question: "What else is on the wire",
    decision:
      "HTTP/1.1, a User-Agent that names the harness and its version, Accept: */*, no cookies. Proxy variables in the environment are ignored.",
    reason: "The least that any HTTP client sends, and nothing a receiver could come to rely on.",
  },
];
