import type { Report } from "../report/model.js";
import { redactValues } from "../report/redact-values.js";
import type { Redactor } from "../report/redact.js";
import { Unredacted } from "../unredacted.js";
import type { HandshakeResult } from "../sender/network-probe.js";
import type { Target } from "../runner/target.js";
import type { Stage } from "./stages.js";

export interface Seen {
  /** A sentence for each stage on what is there, for where nothing stands in the way. */
  readonly facts: Readonly<Record<Stage["id"], string | null>>;
  /** What stands in the way where no check judges, since the rules on callback URLs do not apply. */
  readonly obstacles: Readonly<Partial<Record<Stage["id"], string>>>;
}

export const redactSeen = (seen: Seen, redactor: Redactor): Seen => redactValues(seen, redactor, () => false);

export async function whatIsSeen(target: Target, { checks }: Report): Promise<Unredacted<Seen>> {
  const { url, networkProbe: network } = target;
  const resolution = await network.resolve();
  const addresses = resolution.kind === "resolved" ? resolution.addresses : [];
  const connects = await Promise.all(addresses.map((address) => network.connect(address)));
  const handshake = url.scheme === "https:" ? await network.handshake() : null;
  const first = checks.find(({ id }) => id === "acknowledgement/acknowledges-with-2xx")?.attempts[0];
  const refused = connects.find(({ kind }) => kind === "failed");
  const isConnected = connects.some(({ kind }) => kind === "connected");
  return new Unredacted({
    facts: {
      url: `${url.scheme.replace(":", "")}, the host ${url.hostname}, port ${url.port}`,
      dns: resolution.kind === "resolved" ? `${url.hostname} resolves to ${addresses.join(", ")}` : null,
      addresses: "each address can be reached from outside, as far as its registry says",
      connection: `port ${url.port} accepts connections`,
      tls: tlsText(handshake),
      redirect: "it does not lead elsewhere",
      answer: first?.response == null ? null : `${first.response.status} after ${first.durationMs} ms`,
    },
    obstacles: {
      ...(resolution.kind === "no-address" && { dns: `${url.hostname} does not resolve (${resolution.code})` }),
      ...(!isConnected && refused?.kind === "failed" && { connection: refused.message }),
    },
  });
}

function tlsText(handshake: HandshakeResult | null): string | null {
  if (handshake?.kind !== "completed") return null;
  const { protocol, subject, issuer, validTo } = handshake;
  return `${protocol}, a certificate for ${subject} by ${issuer}, valid until ${validTo.slice(0, 10)}`;
}
