import { ProbeError, type EffectsProbe } from "./effects-probe.js";
import { NotRun } from "./interruption.js";
import type { Target } from "./target.js";
import { endedAfter } from "./vitals.js";

/**
 * A probe that is part of the receiver's process ends with it: what it cannot tell then is no fault of the probe.
 * @returns the probe; it throws NotRun in place of a ProbeError where nobody listens at the receiver's port.
 */
export function livingProbe(
  probe: EffectsProbe,
  { networkProbe, vitals }: Pick<Target, "networkProbe" | "vitals">,
): EffectsProbe {
  async function asked<T>(count: () => Promise<T>): Promise<T> {
    try {
      return await count();
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      if (vitals.death === null && (await isNobodyThere())) vitals.findsNobody();
      throw vitals.death === null ? error : new NotRun("receiver-unhealthy", endedAfter(vitals.death));
    }
  }

  async function isNobodyThere(): Promise<boolean> {
    const resolution = await networkProbe.resolve();
    if (resolution.kind !== "resolved") return false;
    const results = await Promise.all(resolution.addresses.map((address) => networkProbe.connect(address)));
    return results.every((result) => result.kind === "failed" && result.code === "ECONNREFUSED");
  }

  const look = probe.look?.bind(probe);
  return {
    ...probe,
    count: (sessionId, signal) => asked(() => probe.count(sessionId, signal)),
    ...(look !== undefined && { look: (sessionId, signal) => asked(() => look(sessionId, signal)) }),
  };
}
