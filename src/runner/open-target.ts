import { systemClock } from "../clock/system-clock.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { createSender, type Sender } from "../sender/sender.js";
import { createNetworkProbe } from "../sender/system-network-probe.js";
import { livingProbe } from "./living-probe.js";
import { createLanes } from "./lanes.js";
import { createPace } from "./pace.js";
import type { Plan } from "./plan.js";
import { createTally } from "./tally.js";
import type { Target } from "./target.js";
import { createVitals } from "./vitals.js";

/** A target that is ready to be run against; close it. */
export interface OpenTarget extends Target {
  close(): Promise<void>;
}

export function openTarget(plan: Plan): OpenTarget {
  const { url, contract, network, template } = plan;
  const moments = new Map<string, number>();
  const senderTo = (to: CallbackUrl): Sender =>
    createSender({
      url: to,
      contract,
      network,
      moments,
      headers: plan.configured,
      ...(template !== null && { template }),
      ...(plan.secret !== null && { secret: plan.secret }),
      deadlineClock: plan.deadlineClock,
    });
  const sender = senderTo(url);
  const instances = plan.instanceUrls.map((to) => ({ url: to, sender: senderTo(to) }));
  const networkProbe = createNetworkProbe({
    ...network,
    url,
    deadlineMs: contract.response.deadlineMs,
    // Wall time, whatever the deadlines go by: certificates are valid in wall time.
    clock: systemClock,
  });
  const pace = createPace(plan.clock, plan.maxRate);
  const lanes = createLanes(plan.concurrency);
  const vitals = createVitals(() => pace.wasAcknowledged);
  let bodyEnds = true;
  return {
    ...plan,
    effects: plan.effects && livingProbe(plan.effects, { networkProbe, vitals }),
    sender,
    instances,
    networkProbe,
    pace,
    lanes,
    vitals,
    tally: createTally(),
    calledBack: new Set(),
    ignoresBodies: () => !bodyEnds,
    learn(baseline) {
      lanes.startAt(baseline);
      bodyEnds = baseline.response === null || baseline.response.bodyEnd === "complete";
    },
    async close() {
      networkProbe.close();
      await Promise.all([sender, ...instances.map((each) => each.sender)].map((each) => each.close()));
    },
  };
}
