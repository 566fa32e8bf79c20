import type { LabReceiver } from "./lab-receiver.js";
import type { Companions } from "./process/companions.js";

/**
 * The receiver with the processes that it needs beside it: they are moved along where their clocks are, so they keep no
 * time of their own, and end with it.
 */
export function accompanied(receiver: LabReceiver, companions: Companions): LabReceiver {
  const { time } = companions;
  return {
    ...receiver,
    beside: companions.titles,
    ...(receiver.ownTime && {
      ownTime: () => receiver.ownTime?.().filter((name) => time === null || !companions.owns(name)) ?? [],
    }),
    ...(time !== null && {
      async travelTo(now: number) {
        await time.travelTo(now, companions.pids());
        await receiver.travelTo?.(now);
      },
    }),
    async close() {
      await receiver.close();
      await companions.close();
    },
  };
}
