import autocannon from "autocannon";
import { Pool } from "undici";
import { systemClock } from "../src/clock/system-clock.js";
import type { CallbackRequest } from "../src/sender/attempt.js";
import { createSender } from "../src/sender/sender.js";
import { bareRequest, sendBare } from "./bare-request.js";
import { startReceiver } from "./receiver-process.js";
import { perSecond, playRounds, sideBySide, type Contender } from "./rounds.js";
import { row, type Plan, type Row } from "./row.js";
import { sessionId } from "./session-id.js";

const connections = 50;

/** Documented attempts a second on loopback, each of a new session, against bare undici and beside a load generator. */
export async function senderThroughput({ rounds, scale }: Plan): Promise<Row[]> {
  const count = Math.ceil(15_000 * scale);
  const receiver = await startReceiver(200);
  const url = `${receiver.origin}/hook`;
  const sender = createSender({ url, pooledConnections: connections });
  const pool = new Pool(receiver.origin, { connections });
  const example = sender.callback(sessionId(0));
  const bare = bareRequest(example);
  try {
    const ours: Contender = () =>
      perSecond(count, () =>
        sideBySide(count, connections, async (index) => {
          const { outcome } = await sender.attempt(sender.callback(sessionId(index)));
          if (outcome.kind !== "acknowledged") throw new Error(`an attempt failed: ${outcome.message}`);
        }),
      );
    const besideBare = await playRounds(rounds, {
      ours,
      bare: () => perSecond(count, () => sideBySide(count, connections, () => sendBare(pool, bare, 200))),
    });
    // Apart from the other two, who would clear up after it.
    const besideAutocannon = await playRounds(rounds, {
      ours,
      autocannon: () => autocannonPerSecond(url, example, Math.max(count, connections)),
    });
    const compared = { what: `sender, ${connections} connections`, unit: "per second" } as const;
    return [
      row(
        {
          ...compared,
          id: "sender-throughput",
          peer: "bare Pool.request",
          goal: { of: "ratio", bound: "at-least", value: 0.9 },
        },
        besideBare.ours,
        besideBare.bare,
      ),
      row(
        {
          ...compared,
          id: "sender-beside-autocannon",
          peer: "autocannon",
          // It sends one request again and again, times none and keeps no answer.
          goal: null,
          note: "the aim, no goal: level with it",
        },
        besideAutocannon.ours,
        besideAutocannon.autocannon,
      ),
    ];
  } finally {
    await Promise.all([sender.close(), pool.destroy()]);
    await receiver.close();
  }
}

/** From the first answer to the last: it opens its connections anew each time, and it ends at a tick of its own timer. */
function autocannonPerSecond(url: string, request: CallbackRequest, amount: number): Promise<number> {
  return new Promise((done, failed) => {
    let [answers, firstAt, lastAt] = [0, 0, 0];
    const instance = autocannon(
      {
        url,
        connections,
        amount,
        method: request.method as "POST",
        headers: Object.fromEntries(request.headers),
        body: request.body,
        sampleInt: 50,
      },
      (error: Error | null, result) => {
        if (error !== null) failed(error);
        else if (result["2xx"] !== amount) failed(new Error(`autocannon: ${result["2xx"]} of ${amount} were answered`));
        else done(((amount - 1) / (lastAt - firstAt)) * 1000);
      },
    );
    instance.on("response", () => {
      answers += 1;
      if (answers === 1) firstAt = systemClock.now();
      if (answers === amount) lastAt = systemClock.now();
    });
  });
}
