import { startProgram } from "./child-program.js";
import type { DeliveriesCost } from "./deliveries-process.js";
import { startReceiver } from "./receiver-process.js";
import { median, row, type Plan, type Row } from "./row.js";

/** What a delivery costs among 1,000, 10,000 and 100,000, and how much memory they take: it should not grow. */
export async function deliveryCost({ rounds, scale }: Plan): Promise<Row[]> {
  const [few, more, many] = [1000, 10_000, 100_000].map((size) => Math.ceil(size * scale)) as [number, number, number];
  const warmUp = Math.ceil(Math.min(2000, 10_000 * scale));
  const receiver = await startReceiver(503);
  const measure = async (count: number): Promise<DeliveriesCost> => {
    const parameters = [receiver.origin, String(count), String(warmUp)];
    const { message, ended } = await startProgram("deliveries-process.js", parameters);
    await ended;
    return message as DeliveriesCost;
  };
  const series = async (count: number, times: number): Promise<DeliveriesCost[]> => {
    const costs: DeliveriesCost[] = [];
    for (let time = 0; time < times; time += 1) costs.push(await measure(count));
    return costs;
  };
  try {
    const between = Math.ceil(rounds / 3);
    // The short ones stand before, between and after the long ones, so that all see the same machine.
    const short = await series(few, between);
    const middle = await series(more, 1);
    short.push(...(await series(few, between)));
    const long = await series(many, 1);
    short.push(...(await series(few, between)));
    const compare = (id: string, count: number, costs: readonly DeliveriesCost[], goal: Row["goal"]): Row =>
      row(
        {
          id,
          what: `a delivery of six attempts, among ${count.toLocaleString("en")}`,
          unit: "µs",
          peer: `among ${few.toLocaleString("en")}`,
          goal,
          note: noteOf(medians(costs)),
          figures: { ...medians(costs) },
        },
        costs.map(({ cpuUs }) => cpuUs),
        costs.map(() => median(short.map(({ cpuUs }) => cpuUs))),
      );
    return [
      compare("delivery-cost-few", few, short, null),
      compare("delivery-cost-more", more, middle, null),
      compare("delivery-cost-many", many, long, { of: "ratio", bound: "at-most", value: 1.2 }),
    ];
  } finally {
    await receiver.close();
  }
}

function medians(costs: readonly DeliveriesCost[]): Record<keyof DeliveriesCost, number> {
  const of = (figure: keyof DeliveriesCost): number => median(costs.map((cost) => cost[figure]));
  return { cpuUs: of("cpuUs"), wallUs: of("wallUs"), peakRssMb: of("peakRssMb"), peakHeapMb: of("peakHeapMb") };
}

function noteOf({ wallUs, peakRssMb, peakHeapMb }: DeliveriesCost): string {
  const peaks = `peak ${peakRssMb.toFixed(0)} MB resident, ${peakHeapMb.toFixed(0)} MB heap`;
  return `processor time; ${wallUs.toFixed(0)} µs passed; ${peaks}`;
}
