import type { Contract, Method } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import { isGloballyReachable } from "../sender/address-classes.js";
import type { Header } from "../sender/attempt.js";
import { classifyHost } from "../sender/callback-host.js";
import { parseCallbackUrl, type CallbackUrl } from "../sender/callback-url.js";
import { customHeaders } from "../sender/custom-headers.js";
import type { Network } from "../sender/open-connection.js";
import { systemResolve } from "../sender/resolver.js";
import { ApiError } from "./api-error.js";

type WebhookMethod = Method;

/** How a session is to be called back. */
export interface Webhook {
  readonly url: CallbackUrl;
  readonly method: WebhookMethod;
  /** What it is called back with. @default the contract of batch jobs */
  readonly contract?: Contract;
  readonly headers: readonly Header[];
  /** Names of system headers that were given and are not sent (`auth/system-headers-win`). */
  readonly droppedHeaders: readonly string[];
}

/** What the start of a session says about it. */
export interface WebhookRequest {
  readonly webhook_url?: string;
  readonly webhook_method?: WebhookMethod;
  readonly webhook_headers?: readonly string[];
}

export interface WebhookRules {
  readonly contract: Contract;
  readonly network: Partial<Network>;
  /** Lifts the rules on scheme, host and addresses. */
  readonly local: boolean;
}

/**
 * Judges a webhook by the documented rules; null where a session has none.
 * @throws ApiError 422 that names the member.
 */
export async function judgeWebhook(request: WebhookRequest, rules: WebhookRules): Promise<Webhook | null> {
  const { webhook_url, webhook_method = rules.contract.request.method, webhook_headers = [] } = request;
  const headers = webhook_headers.map((line, index) => parsed(line, index, rules.contract));
  if (webhook_url === undefined) return null;
  const url = refusing("webhook_url", () => parseCallbackUrl(webhook_url));
  const issue = rules.local ? null : (ruleBrokenByName(url, rules.contract) ?? (await ruleBrokenByAddress(url, rules)));
  if (issue !== null) throw new ApiError(422, { field: "webhook_url", issue });
  return {
    url,
    method: webhook_method,
    headers: headers.flatMap(({ header, dropped }) => (dropped ? [] : [header])),
    droppedHeaders: headers.flatMap(({ header, dropped }) => (dropped ? [header[0]] : [])),
  };
}

function parsed(line: string, index: number, contract: Contract): { header: Header; dropped: boolean } {
  const field = `webhook_headers.${index}`;
  const colon = line.indexOf(":");
  // The line may hold a secret, so it is not repeated.
  if (colon < 1) throw new ApiError(422, { field, issue: 'expected "Name: value"' });
  // Outer space is no part of a value (RFC 9110 §5.5); a line break is not that space.
  const header: Header = [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
  const { dropped } = refusing(field, () => customHeaders([header], contract));
  return { header, dropped: dropped.length > 0 };
}

/** `url/https`, and `url/externally-reachable` as far as the name tells. */
function ruleBrokenByName(url: CallbackUrl, contract: Contract): string | null {
  const { scheme } = contract.callbackUrl;
  if (url.scheme !== scheme) return `expected a URL that begins with ${scheme}//, got ${url.scheme}//`;
  const host = classifyHost(url, contract);
  switch (host.kind) {
    case "ip-address":
      return `expected a public DNS name, got the IP address ${host.written}`;
    case "localhost":
      return `expected a public DNS name, got ${url.hostname}, which means the sender's own machine`;
    case "internal":
      return `expected a public DNS name, got the internal name ${url.hostname}`;
    case "public-name":
      return null;
  }
}

/** `url/externally-reachable`, as far as DNS tells. Behind a proxy, names are the proxy's to resolve. */
async function ruleBrokenByAddress({ hostname }: CallbackUrl, { network }: WebhookRules): Promise<string | null> {
  if (network.proxy) return null;
  const { resolve = systemResolve } = network;
  let addresses: readonly string[];
  try {
    addresses = await resolve(hostname);
  } catch (error) {
    return `${hostname} does not resolve (${(error as NodeJS.ErrnoException).code ?? "UNKNOWN"})`;
  }
  if (addresses.length === 0) return `${hostname} does not resolve`;
  for (const address of addresses) {
    const reachability = isGloballyReachable(address);
    if (!reachability.reachable) {
      return `${hostname} resolves to ${address}, which is not reachable from outside (${reachability.why})`;
    }
  }
  return null;
}

function refusing<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw new ApiError(422, { field, issue: error.message });
    throw error;
  }
}
