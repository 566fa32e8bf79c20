import { isoTime } from "../../clock/timestamps.js";
import type { Contract } from "../../contract/contract.js";
import { createRedactor } from "../../report/redact.js";
import { redactLine } from "../../report/redact-line.js";
import type { Secret } from "../../report/secret.js";
import { secretsOf, signingSecrets } from "../../runner/secrets.js";
import { eventLine, type ApiEvent } from "../../scriptix-api/events.js";
import type { CallbackRequest } from "../../sender/attempt.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import type { DeliveryEvent } from "../../sender/delivery.js";
import { sendLine } from "../send/send-lines.js";
import { contracts } from "../../contract/contracts.js";

/** Of every callback that the mock sends. */
const systemHeaders = new Set(contracts.flatMap(({ request }) => request.systemHeaders));

/** Puts in words what the mock API tells; no line holds a token, or what is secret about a webhook. */
export interface ApiLines {
  /** Null for what `ofDelivery` tells in more detail. */
  ofEvent(event: ApiEvent): string | null;
  /** @param time of the schedule's clock, milliseconds since the Unix epoch. */
  ofDelivery(event: DeliveryEvent, time: number): string;
}

/**
 * @param tokens that are let in, if they are known.
 * @param secret that events are signed with.
 */
export function apiLines(
  contract: Contract,
  tokens: readonly string[],
  secret: string | null,
  skipsWaits: boolean,
): ApiLines {
  const secrets = [
    ...tokens.map((value): Secret => ({ kind: "token", value })),
    ...(secret === null ? [] : signingSecrets(secret)),
  ];

  function withoutWebhookSecrets(event: ApiEvent): ApiEvent {
    if (event.event !== "session-started" || event.webhookUrl === null) return event;
    const url = parseCallbackUrl(event.webhookUrl);
    const redactor = createRedactor(secretsOf({ url, headers: [], credentials: [] }, secrets));
    return { ...event, webhookUrl: redactor.redactUrl(event.webhookUrl) };
  }

  /** What the receiver was sent it may repeat in its status line. */
  function secretsIn({ headers, path }: CallbackRequest): readonly Secret[] {
    const custom = headers.filter(([name]) => !systemHeaders.has(name.toLowerCase()));
    return secretsOf({ url: { raw: "", path }, headers: custom, credentials: [] }, secrets);
  }

  return {
    ofEvent(event) {
      if (event.event === "attempt") return null;
      return eventLine(withoutWebhookSecrets(event)).through(createRedactor(secrets), redactLine);
    },
    ofDelivery(event, time) {
      const own = "attempt" in event ? secretsIn(event.attempt.request) : secrets;
      const line = sendLine(event, contract, skipsWaits).through(createRedactor(own), redactLine);
      return `${isoTime(time)} session ${event.sessionId}  ${line}`;
    },
  };
}
