import { Agent, request } from "undici";
import { systemClock } from "../clock/system-clock.js";
import { UsageError } from "../errors.js";
import { ProbeError, type EffectsProbe, type Seen } from "./effects-probe.js";
import { seenIn } from "./probe-answer.js";

const placeholder = "{sessionId}";
const timeoutMs = 10_000;

/**
 * Asks a URL how often a session was processed: GET, answered by an integer or JSON with `processed`, and with the effects that it
 * names in `effects`; 404 means never.
 * @throws UsageError `ERR_PROBE_URL` unless it is an http(s) URL with the placeholder.
 */
export function urlProbe(template: string, ca: readonly string[]): EffectsProbe {
  const example = template.replaceAll(placeholder, "0");
  if (!template.includes(placeholder) || !URL.canParse(example) || !/^https?:$/.test(new URL(example).protocol)) {
    throw new UsageError("ERR_PROBE_URL", `--probe-url: expected an http(s) URL with ${placeholder} in it`);
  }
  async function look(sessionId: string, signal: AbortSignal): Promise<Seen> {
    const timeout = new AbortController();
    const timer = systemClock.timer(timeoutMs, () =>
      timeout.abort(new Error(`no answer in ${timeoutMs / 1000} seconds`)),
    );
    const agent = new Agent(ca.length === 0 ? {} : { connect: { ca: [...ca] } });
    try {
      const { statusCode, body } = await request(template.replaceAll(placeholder, encodeURIComponent(sessionId)), {
        dispatcher: agent,
        signal: AbortSignal.any([signal, timeout.signal]),
      });
      const text = await body.text();
      if (statusCode === 404) return { processed: 0 };
      if (statusCode < 200 || statusCode > 299) throw new Error(`it answered ${statusCode}`);
      return seenIn(text);
    } catch (cause) {
      signal.throwIfAborted();
      throw new ProbeError(`the probe URL failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    } finally {
      timer.cancel();
      await agent.destroy();
    }
  }
  return {
    name: "the probe URL",
    look,
    count: async (sessionId, signal) => (await look(sessionId, signal)).processed,
  };
}
