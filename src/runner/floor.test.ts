import { expect, test } from "vitest";
import { createFloor, type Floor } from "./floor.js";

type Turn = keyof Floor | "returning";

/** A floor of so many lanes, who is on it by now, and what makes them leave it. */
function floorOf(width: number) {
  const floor = createFloor({ width });
  const on = new Map<string, () => void>();
  const left = new Set<string>();
  return {
    takes(who: string, turn: Turn): void {
      const entered = turn === "alone" ? floor.alone() : floor.beside(turn === "returning" || undefined);
      void entered.then((leave) => on.set(who, leave));
    },
    leaves(who: string): void {
      on.get(who)?.();
      left.add(who);
    },
    async who(): Promise<string> {
      await new Promise<void>((turned) => setImmediate(turned));
      return [...on.keys()].filter((each) => !left.has(each)).join("");
    },
  };
}

test("several go side by side, and whoever goes alone has none beside it", async () => {
  const floor = floorOf(2);
  for (const who of "abc") floor.takes(who, "beside");
  floor.takes("D", "alone");
  floor.takes("e", "beside");
  expect(await floor.who()).toBe("ab");
  floor.leaves("a");
  expect(await floor.who()).toBe("bc");
  floor.leaves("c");
  expect(await floor.who(), "it waits until all of them have left, and those after it wait for it").toBe("b");
  floor.leaves("b");
  expect(await floor.who()).toBe("D");
  floor.leaves("D");
  expect(await floor.who()).toBe("e");
});

test("whoever only stood aside comes before those that have not begun, and nobody else does", async () => {
  const floor = floorOf(1);
  for (const who of "ab") floor.takes(who, "beside");
  floor.takes("C", "alone");
  floor.takes("d", "returning");
  const order: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const who = await floor.who();
    order.push(who);
    floor.leaves(who);
  }
  expect(order.join("")).toBe("adbC");
});

test("what was given back twice is given back once", async () => {
  const floor = floorOf(1);
  floor.takes("a", "beside");
  await floor.who();
  floor.leaves("a");
  floor.leaves("a");
  for (const who of "bcd") floor.takes(who, "beside");
  expect(await floor.who()).toBe("b");
});
