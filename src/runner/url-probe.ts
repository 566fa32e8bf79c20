import { systemClock } from "../clock/system-clock.js";
import { UsageError } from "../errors.js";
import { parsedUrl } from "../parsed-url.js";
import { getText } from "./get-text.js";
import { ProbeError, type EffectsProbe, type Seen } from "./effects-probe.js";
import { seenIn } from "./probe-answer.js";
import type { Contract } from "../contract/contract.js";
import { partsIn, placedIn } from "../contract/subject.js";

const timeoutMs = 10_000;

/**
 * Asks a URL how often a session was processed: GET, answered by an integer or JSON with `processed`, and with the effects that it
 * names in `effects`; 404 means never.
 * @throws UsageError `ERR_PROBE_URL` unless it is an http(s) URL with the placeholder.
 */
export function urlProbe(template: string, ca: readonly string[], contract: Contract): EffectsProbe {
  const example = parsedUrl(placedIn(template, contract, "0", encodeURIComponent));
  const tellsApart = partsIn(template);
  if (tellsApart.length === 0 || !/^https?:$/.test(example?.protocol ?? "")) {
    throw new UsageError("ERR_PROBE_URL", `--probe-url: expected an http(s) URL with {sessionId} in it`);
  }
  async function look(sessionId: string, signal: AbortSignal): Promise<Seen> {
    const timeout = new AbortController();
    const timer = systemClock.timer(timeoutMs, () =>
      timeout.abort(new Error(`no answer in ${timeoutMs / 1000} seconds`)),
    );
    const url = new URL(placedIn(template, contract, sessionId, encodeURIComponent));
    try {
      const { status, text } = await getText(url, ca, AbortSignal.any([signal, timeout.signal]));
      if (status === 404) return { processed: 0 };
      if (status > 299) throw new Error(`it answered ${status}`);
      return seenIn(text);
    } catch (cause) {
      signal.throwIfAborted();
      throw new ProbeError(`the probe URL failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    } finally {
      timer.cancel();
    }
  }
  return {
    name: "the probe URL",
    tellsApart,
    look,
    count: async (sessionId, signal) => (await look(sessionId, signal)).processed,
  };
}
