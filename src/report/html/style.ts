import { base } from "./style-base.js";
import { checks } from "./style-checks.js";
import { media } from "./style-media.js";

/** The style sheet: it stands in the page as it is in these files, later rules over earlier ones. */
export const style = [base, checks, media].join("");
