import type { Socket } from "node:net";
import { expect, it } from "vitest";
import { judge } from "../fixtures/judge.test.kit.js";
import { goodReceivers } from "../fixtures/good-receivers/index.js";
import { plainlyServed, type KnownReceiver } from "../src/faulty-receivers/faulty-receiver.js";
import { sendPlainly } from "../src/faulty-receivers/plain-server.js";

const id = "acknowledgement/answers-on-a-reused-connection";

const good = (id: string): KnownReceiver => {
  const receiver = goodReceivers.find((known) => known.id === id);
  if (receiver === undefined) throw new Error(`there is no ${id}`);
  return receiver;
};

async function judged(receiver: KnownReceiver, ...beside: readonly string[]) {
  const { report } = await judge(receiver, { only: [id, ...beside] });
  const check = report.checks.find((one) => one.id === id);
  if (check === undefined) throw new Error("it was not run");
  return check;
}

it.each(["closes-each-connection", "closes-unannounced"])("says nothing of %s, which reuses none", async (receiver) => {
  expect(await judged(good(receiver))).toMatchObject({
    outcome: "skipped",
    reason: "not applicable: it closes each connection before a second callback could come on it",
  });
});

it("says what it has seen where only an idle connection is closed", async () => {
  const { outcome, notes } = await judged(good("closes-idle-connections"));
  expect([outcome, notes]).toEqual(["passed", ["The receiver closed the kept connection; 2 were opened."]]);
});

it("is not taken in by what holds it up until the connection is closed", async () => {
  const receiver = plainlyServed({
    id: "forgets-and-closes",
    title: "Forgets a connection after a second, closes it after three, and takes five for a large body.",
    fails: [],
    habits(clock) {
      const lastUsedAt = new WeakMap<Socket, number>();
      return {
        async beforeBody({ headers }, { wait }) {
          if (Number(headers["content-length"]) < 1024 * 1024) return null;
          await wait(5000);
          return { status: 413 };
        },
        async send(answer, outlet) {
          const { socket } = outlet;
          const isForgotten = clock.now() - (lastUsedAt.get(socket) ?? clock.now()) > 1000;
          lastUsedAt.set(socket, isForgotten ? Infinity : clock.now());
          if (isForgotten) await outlet.hang();
          clock.timer(3000, () => {
            if (lastUsedAt.get(socket) !== Infinity) socket.destroy();
          });
          sendPlainly(answer, outlet);
        },
      };
    },
  });
  expect((await judged(receiver, "bad-input/refuses-an-oversized-body")).outcome).toBe("failed");
});
