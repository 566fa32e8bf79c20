import { Document, isMap, isSeq } from "yaml";
import { defaults } from "../../defaults.js";
import { word } from "../../report/shell-word.js";
import type { Wishes } from "./init-wishes.js";
import { harness } from "../../package-facts.js";

export const configName = `${harness.name}.json`;

/** What the receiver printed that the job has started. */
export const receiverLog = `${harness.name}-receiver.log`;

/** Exit code where the job could not come to its question; the gate has others. */
const notAsked = 2;

/** The harness: what the project installs where it does, else this very version, so that no release changes a job. */
const harnessCommand = ({ isInstalled }: Pick<Wishes, "isInstalled">): string =>
  isInstalled ? `npx --no-install ${harness.name}` : `npx --yes ${harness.name}@${harness.version}`;

const runLine = (wishes: Pick<Wishes, "isInstalled">): string => `${harnessCommand(wishes)} run --config ${configName}`;

/** A command that may fail for reasons of its own, which say nothing about the receiver; its first line that fails ends it. */
const orSay = (command: string, what: string): string => `sh -e -c ${word([command])} || {
  echo "${what}: that says nothing about the receiver."
  exit ${notAsked}
}
`;

/** Has the harness there before anything is asked of the receiver, so that a registry that is down is no failed gate. */
const fetchScript = (wishes: Wishes): string =>
  orSay(`${harnessCommand(wishes)} --version`, `${harness.name} could not be installed`);

export const installScript = (command: string): string => orSay(command, "What the job needs could not be installed");

/** What a job does, in this order; null for what it has no need of. */
export function jobScripts(wishes: Wishes) {
  const { install, receiver, url } = wishes;
  return {
    install: install === null ? null : installScript(install),
    fetch: fetchScript(wishes),
    start: receiver === null ? null : startScript(receiver.start, url),
    check: runLine(wishes),
  };
}

/** What a reader of the job has to know, a line each. */
export function remarks({ receiver, secrets, url }: Wishes): readonly string[] {
  return [
    ` Checks the receiver of Scriptix callbacks. Made once by \`${harness.name} init\`; yours to change.`,
    ...(receiver === null
      ? [` It checks what runs at ${url.display}: on a pull request that is not the code of the pull request.`]
      : []),
    ...(secrets.length === 0 ? [] : [" Pull requests from forks get no secrets, so it is not run for them."]),
  ];
}

/** The name of what must not be checked by two jobs at once, since their callbacks would meet. */
export const receiverName = ({ url, receiver }: Wishes): string | null =>
  receiver === null
    ? `${harness.name}-${`${url.hostname}${url.path}`.replace(/[?#].*$/s, "").replaceAll(/[^\w.-]+/g, "-")}`.replace(
        /-+$/,
        "",
      )
    : null;

/** Starts the receiver in the background and waits until it listens, in the words of any POSIX shell. */
function startScript(command: string, { hostname, port }: Wishes["url"]): string {
  const connects = [
    `require("node:net").connect(${port}, "${hostname}")`,
    '.on("connect", () => process.exit(0)).on("error", () => process.exit(1))',
  ].join("");
  const { startSeconds } = defaults.init;
  return `if node -e '${connects}'; then
  echo "Something listens on ${hostname}:${port} already, so the receiver was not started, and not checked."
  exit ${notAsked}
fi
(
${command}
) > ${receiverLog} 2>&1 &
receiver=$!
seconds=0
until node -e '${connects}'; do
  seconds=$((seconds + 1))
  if ! kill -0 "$receiver" 2> /dev/null; then
    code=0
    wait "$receiver" || code=$?
    # A command that starts a service ends, and all is well.
    if [ "$code" -ne 0 ]; then
      echo "The receiver ended with exit code $code before it listened, so it was not checked. It printed:"
      cat ${receiverLog}
      exit ${notAsked}
    fi
  fi
  if [ "$seconds" -gt ${startSeconds} ]; then
    echo "The receiver did not listen on ${hostname}:${port} within ${startSeconds} seconds, so it was not checked. It printed:"
    cat ${receiverLog}
    exit ${notAsked}
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
