import yargs from "yargs";
import { hideBin } from "yargs/helpers";

/** The least that a command line built with yargs does: the peer of our own start. */
await yargs(hideBin(process.argv)).strict(false).parseAsync();
