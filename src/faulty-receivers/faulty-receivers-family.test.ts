import { towardsTheFamily } from "./index.js";
import { theyFailWhatTheyDeclare } from "./faulty-receivers.test.kit.js";

theyFailWhatTheyDeclare(towardsTheFamily);
