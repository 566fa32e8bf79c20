import type { LabReceiver } from "./lab-receiver.js";

/** A receiver of two instances that live in the same time: attempts go to the first, but for those that go to the other. */
export function twoInstances(first: LabReceiver, second: LabReceiver): LabReceiver {
  const both = <T>(of: (receiver: LabReceiver) => readonly T[] | undefined): readonly T[] => [
    ...new Set([...(of(first) ?? []), ...(of(second) ?? [])]),
  ];
  return {
    ...first,
    title: `${first.title}, and another one`,
    other: second.url,
    ...(first.travelTo && {
      async travelTo(now: number) {
        await first.travelTo?.(now);
        await second.travelTo?.(now);
      },
    }),
    ...(first.ownTime && { ownTime: () => both((receiver) => receiver.ownTime?.()) }),
    ...(first.attempt && {
      attempt() {
        const ends = [first.attempt?.(), second.attempt?.()];
        return () => {
          for (const end of ends) end?.();
        };
      },
    }),
    ...(first.settle && {
      async settle() {
        await first.settle?.();
        await second.settle?.();
      },
    }),
    ...(first.heard && {
      async heard() {
        await first.heard?.();
        await second.heard?.();
      },
    }),
    ...(first.caveats && { caveats: () => both((receiver) => receiver.caveats?.()) }),
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}
