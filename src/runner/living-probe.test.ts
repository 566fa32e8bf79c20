import { expect, test } from "vitest";
import { ProbeError, type EffectsProbe } from "./effects-probe.js";
import { livingProbe } from "./living-probe.js";
import { startReceiver, targetOf } from "./run.test.kit.js";

async function asked(isListening: boolean): Promise<unknown> {
  const receiver = await startReceiver(() => ({}));
  const { networkProbe, vitals, pace } = targetOf(receiver.url);
  pace.went(true);
  if (!isListening) receiver.stopListening();
  const fails = async (): Promise<never> => {
    throw new ProbeError("the probe URL failed: ECONNREFUSED");
  };
  const probe: EffectsProbe = { name: "the probe URL", count: fails, look: fails };
  const living = livingProbe(probe, { networkProbe, vitals });
  const signal = new AbortController().signal;
  const [count, look] = await Promise.allSettled([living.count("s", signal), living.look?.("s", signal)]);
  expect(look).toEqual(count);
  return count?.status === "rejected" ? count.reason : null;
}

test("a probe that fails where nobody listens any more has ended with the receiver's process", async () => {
  expect(await asked(false)).toMatchObject({
    code: "receiver-unhealthy",
    message: expect.stringContaining("the receiver's process has ended"),
  });
});

test("a probe that fails while the receiver listens is to blame itself", async () => {
  expect(await asked(true)).toBeInstanceOf(ProbeError);
});
