import { Document, isMap, isSeq } from "yaml";
import { defaults } from "../../defaults.js";
import type { Wishes } from "./init-wishes.js";
import { harness } from "../../package-facts.js";

export const configName = `${harness.name}.json`;

/** What the receiver printed that the job has started. */
export const receiverLog = `${harness.name}-receiver.log`;

/** Fixes reach the job by themselves, changes of what is checked do not. */
const range = /^\d+\.\d+(?=\.\d+$)/.exec(harness.version)?.[0] ?? harness.version;

export const runLine = `npx --yes ${harness.name}@${range} run --config ${configName}`;

/** For whoever reads the job. */
export const purpose = ` Checks the receiver of Scriptix callbacks. Made once by \`${harness.name} init\`; yours to change.`;

/** Starts the receiver in the background and waits until it listens, in the words of any POSIX shell. */
export function startScript(command: string, { hostname, port }: Wishes["url"]): string {
  const connects = [
    `require("node:net").connect(${port}, "${hostname}")`,
    '.on("connect", () => process.exit(0)).on("error", () => process.exit(1))',
  ].join("");
  return `(
${command}
) > ${receiverLog} 2>&1 &
seconds=0
until node -e '${connects}'; do
  seconds=$((seconds + 1))
  if [ "$seconds" -gt ${defaults.init.startSeconds} ]; then
    echo "The receiver did not listen on ${hostname}:${port} within ${defaults.init.startSeconds} seconds."
    exit 1
  fi
  sleep 1
done
`;
}

/** YAML for people: long lines stay whole, and empty lines part what stands at the top and the steps of a job. */
export function yamlText(value: unknown, comment: string, parted: readonly (readonly string[])[]): string {
  // Not every reader of jobs knows anchors.
  const document = new Document(value, { aliasDuplicateObjects: false });
  document.commentBefore = comment;
  for (const path of [[], ...parted]) {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isSeq(node)) for (const item of node.items.slice(1)) (item as { spaceBefore?: boolean }).spaceBefore = true;
    if (isMap(node)) for (const { key } of node.items.slice(1)) (key as { spaceBefore?: boolean }).spaceBefore = true;
  }
  return document.toString({ lineWidth: 0, nullStr: "" });
}
