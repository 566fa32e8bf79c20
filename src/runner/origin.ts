import type { Report } from "../report/model.js";
import type { Plan } from "./plan.js";

/** What a report says of where it comes from: what was checked, by which command, and what it repeats. */
export const originOf = ({
  about,
  command,
  repeats,
}: Pick<Plan, "about" | "command" | "repeats">): Pick<Report, "about" | "command" | "repeats"> => ({
  ...(about !== null && { about }),
  ...(command !== null && { command }),
  ...(repeats !== null && { repeats }),
});
