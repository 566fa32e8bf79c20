import { notJudged, notObservable, type Check } from "../src/runner/check.js";
import type { CheckContext } from "../src/runner/check-context.js";
import { isAcknowledged } from "../src/runner/expectations.js";
import { once } from "./templates.js";

/** More than a retry of one delivery can come to, twice over. */
export const mostInstances = 10;

/** Of one delivery, there and back again. */
const deliveries = 2;

/** The check of the retries suite that knows of replicas. */
export const retriesInstances: readonly Check[] = [
  {
    id: "retries/processes-once-across-instances",
    fits: once,
    title: "does the work once for a session whose attempts come to several of its instances",
    level: "recommended",
    clause: "retry/on-failure",
    needs: ["effects", "instances"],
    builds: "on-baseline",
    spansMinutes: true,
    judgesEffects: true,
    sessions: mostInstances + deliveries,
    explain: {
      sends:
        "One callback to each instance alone, to see that its effects are seen; then all attempts of a delivery, the first to one instance, each retry to the next one and round again; and a second delivery the other way round. One instance is taken together with the callback URL.",
      expects: "Each session is processed once.",
      why: "A receiver that runs more than once, as pods, workers or functions, gets a retry wherever the balancer sends it: to another pod than the first attempt, or to the same one after a deploy has emptied its memory. One that remembers sessions in its own memory, or in a file beside it, does the work again there. A balancer that keeps one client on one pod hides that in a test, and not when a pod is replaced.",
      fix: "Remember sessions where all instances see them: a unique key in the database, in the transaction that enqueues the work, or one shared store; not a set in the process.",
    },
    async run(context) {
      const places = placesOf(context);
      const unseen = await unseenPlace(context, places);
      if (unseen !== null) return unseen;
      const attempts = context.contract.retry.delaysMs.length + 1;
      for (const order of [places, places.toReversed()]) {
        const instances = Array.from({ length: attempts }, (_, attempt) => order[attempt % order.length]);
        await context.schedule({ attempts, instances });
      }
    },
  },
];

/** Positions of the instances; undefined is the callback URL. */
type Place = number | undefined;

function placesOf({ instances }: CheckContext): readonly Place[] {
  const all = Array.from({ length: instances }, (_, position) => position);
  return all.length === 1 ? [undefined, ...all] : all;
}

/** Where an instance does not answer, or what it does cannot be seen, nothing can be told of it. */
async function unseenPlace(context: CheckContext, places: readonly Place[]) {
  const alone = places.flatMap((instance) =>
    instance === undefined ? [] : [{ instance, sessionId: context.session() }],
  );
  for (const how of alone) {
    const attempt = await context.send({ ...how, leavesEffectOpen: true });
    if (!isAcknowledged(attempt)) {
      return notJudged(`instance ${how.instance + 1} did not acknowledge a callback: see the attempt`);
    }
  }
  const seen = await context.effects(alone.map(({ sessionId }) => sessionId));
  const blind = alone.find(({ sessionId }) => (seen.get(sessionId) ?? 0) === 0);
  if (blind === undefined) return null;
  return notObservable(
    `what instance ${blind.instance + 1} processes does not show: have the probe count over all instances, and raise --settle where it takes longer`,
  );
}
