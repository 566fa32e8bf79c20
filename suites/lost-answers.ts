import type { CheckContext } from "../src/runner/check-context.js";
import type { Attempt } from "../src/sender/attempt.js";

/** The two ways in which a whole request stays without an answer. */
export const lostAnswers = ["lost-ack", "hang-up"] as const;

export const lostAnswersText =
  "An attempt whose connection is reset at the first byte of the answer, and one whose connection is closed when the request is sent, before an answer, as at the deadline; each with its retry a (virtual) minute later.";

/**
 * Loses the answer to the first attempt for a session, and resolves to its retry. Where the sender hung up, the first may
 * still be under way for as long as an answer may take, and a lock may turn the retry away until then.
 */
export async function retryAfterLosing(context: CheckContext, lost: (typeof lostAnswers)[number]): Promise<Attempt> {
  const sessionId = context.session();
  const lockMs = lost === "hang-up" ? context.contract.response.deadlineMs : 0;
  const [first, second] = await context.schedule({ sessionId, attempts: 2, onTheWay: [lost], lockMs });
  return second ?? first ?? context.send({ sessionId });
}
