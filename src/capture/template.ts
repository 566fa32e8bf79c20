import type { Contract } from "../contract/contract.js";
import { sessionMemberOf, valueAt } from "../contract/message.js";
import { UsageError } from "../errors.js";
import type { Secret } from "../report/secret.js";
import type { CallbackTemplate } from "../sender/callback.js";
import { bytesOf, type Capture } from "./capture.js";
import { secretMembers } from "./secret-members.js";
import { isHarmless, removed } from "./secrets-taken-out.js";
import { documentIdsIn, objectIn, sessionIdsIn } from "./session-names.js";

/**
 * What a sender needs to send the captured callback again. The first of its session ids is the captured one.
 * @param source how a message calls the file, such as `--replay capture.json`.
 * @throws UsageError `ERR_CAPTURE` for a callback whose body was not kept whole.
 */
export function templateOf(capture: Capture, contract: Contract, source: string): CallbackTemplate {
  const { method, headers, body } = capture.request;
  if (body.cut) {
    throw new UsageError(
      "ERR_CAPTURE",
      `${source}: expected a whole callback, got one of which only the start was kept`,
    );
  }
  const bytes = bytesOf(body);
  return {
    method,
    headers: headers.map(([name, value]) => [name, value === removed ? null : value]),
    body: bytes,
    sessionIds: sessionIdsIn(contract, headers, bytes),
    documentIds: documentIdsIn(contract, headers, bytes),
  };
}

/**
 * Checks vary what is in the body, and send each session once.
 * @throws UsageError `ERR_CAPTURE` for a body that is no JSON object with a session id.
 */
export function assertVariable({ request }: Capture, contract: Contract, source: string): void {
  const way = sessionMemberOf(contract.request);
  const sessionField = way.join(".");
  const members = objectIn(bytesOf(request.body));
  const sessionId = valueAt(members, way);
  if (typeof sessionId === "string" && sessionId !== "") return;
  const got = members === null ? "another body" : `none in "${sessionField}"`;
  throw new UsageError(
    "ERR_CAPTURE",
    `${source}: expected a body that is a JSON object with a session id in "${sessionField}", which the checks vary, got ${got}`,
  );
}

/** What of a capture must not be shown: values of headers and of the body that stand in it although they may be secrets. */
export function secretsIn({ request }: Capture, contract: Contract): readonly Secret[] {
  const body = bytesOf(request.body);
  const ids = [...sessionIdsIn(contract, request.headers, body), ...documentIdsIn(contract, request.headers, body)];
  return [
    ...request.headers
      .filter(([name]) => !isHarmless(name, contract))
      .map(([name, value]): Secret => ({ kind: "header", name, value })),
    ...secretMembers(body.toString()).map(({ name, value }): Secret => ({ kind: "member", name, value })),
  ].filter(({ value }) => value !== removed && !ids.some((id) => id.includes(value)));
}
