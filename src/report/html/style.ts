import { base } from "./style-base.js";
import { checks } from "./style-checks.js";
import { media } from "./style-media.js";

/** The style sheet: it stands in the page as it is in these files but for the layout, later rules over earlier ones. */
export const style = [base, checks, media]
  .join("")
  .replaceAll(/\n\s*/g, "\n")
  .replaceAll(/ (?=\{)|(?<=[:{;,]) /g, "");
