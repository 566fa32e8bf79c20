import { expect, test } from "vitest";
import type { ConnectResult, NetworkProbe, Resolution } from "../sender/network-probe.js";
import { ProbeError, type EffectsProbe } from "./effects-probe.js";
import { livingProbe } from "./living-probe.js";
import { startReceiver, targetOf } from "./run.test.kit.js";
import { createVitals } from "./vitals.js";

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

/** What the probe is found to be in fault of, where it throws this, and the receiver's addresses answer so. */
async function foundOver(thrown: Error, resolution: Resolution, results: readonly ConnectResult[]): Promise<unknown> {
  const networkProbe: NetworkProbe = {
    resolve: async () => resolution,
    connect: async (address) => results[Number(address)] ?? refused,
    handshake: () => Promise.reject(new Error("nobody asks for it")),
  };
  const probe: EffectsProbe = { name: "the probe", count: () => Promise.reject(thrown) };
  const living = livingProbe(probe, { networkProbe, vitals: createVitals(() => true) });
  return living.count("s", new AbortController().signal).catch((error: unknown) => error);
}
const refused: ConnectResult = { kind: "failed", code: "ECONNREFUSED", message: "refused" };
const timedOut: ConnectResult = { kind: "failed", code: "ETIMEDOUT", message: "no answer" };
const connected: ConnectResult = { kind: "connected", to: "127.0.0.1" };
const probeFailed = new ProbeError("the probe failed");
const resolved = (...addresses: string[]): Resolution => ({ kind: "resolved", addresses });

test.each<[string, Error, Resolution, ConnectResult[]]>([
  ["of two addresses one is listened at", probeFailed, resolved("0", "1"), [refused, connected]],
  ["a connection is not refused, but not answered", probeFailed, resolved("0"), [timedOut]],
  ["the name is not found", probeFailed, { kind: "no-address", code: "ENOTFOUND" }, []],
  ["it was not the probe that failed", new TypeError("x is undefined"), resolved("0"), [refused]],
])("the receiver's process is not taken for ended where %s", async (_why, thrown, resolution, results) => {
  expect(await foundOver(thrown, resolution, results)).toBe(thrown);
});

test("the receiver's process has ended where no address is listened at", async () => {
  const found = await foundOver(probeFailed, resolved("0", "1"), [refused, refused]);
  expect(found).toMatchObject({ code: "receiver-unhealthy" });
});
