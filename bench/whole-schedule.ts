import { Client } from "undici";
import { virtualClock } from "../src/clock/virtual-clock.js";
import { createSender } from "../src/sender/sender.js";
import { bareRequest, sendBare } from "./bare-request.js";
import { startReceiver } from "./receiver-process.js";
import { playRounds, timeMs, type Contender } from "./rounds.js";
import { median, row, type Plan, type Row } from "./row.js";
import { sessionId } from "./session-id.js";

const attempts = 6;

/** How long one whole 53-minute schedule takes once warm, each attempt on a fresh connection as in a run. */
export async function wholeSchedule({ rounds, scale }: Plan): Promise<Row[]> {
  const schedules = Math.ceil(100 * scale);
  const receiver = await startReceiver(503);
  const clock = virtualClock();
  const sender = createSender({ url: `${receiver.origin}/hook`, clock, deadlineClock: clock });
  const bare = bareRequest(sender.callback(sessionId(0)));

  const deliver = async (): Promise<void> => {
    const delivery = await sender.deliver({ sessionId: sessionId(0) });
    if (delivery.attempts.length !== attempts) throw new Error(`a delivery had ${delivery.attempts.length} attempts`);
  };
  const sendSixBare = async (): Promise<void> => {
    for (let number = 1; number <= attempts; number += 1) {
      const client = new Client(receiver.origin);
      await sendBare(client, bare, 503);
      await client.destroy();
    }
  };
  const medianMs =
    (work: () => Promise<void>): Contender =>
    async () => {
      const each: number[] = [];
      for (let count = 0; count < schedules; count += 1) each.push(await timeMs(work));
      return median(each);
    };
  try {
    const figures = await playRounds(rounds, { ours: medianMs(deliver), bare: medianMs(sendSixBare) });
    return [
      row(
        {
          id: "whole-schedule",
          what: "one 53-minute schedule, six fresh connections",
          unit: "ms",
          peer: "six bare requests",
          goal: { of: "ours", bound: "at-most", value: 10 },
        },
        figures.ours,
        figures.bare,
      ),
    ];
  } finally {
    clock.close();
    await sender.close();
    await receiver.close();
  }
}
