import { intro, isCancel, multiselect, outro, select, text } from "@clack/prompts";
import type { Contract } from "../../contract/contract.js";
import { contracts } from "../../contract/contracts.js";
import type { levels } from "../../runner/check.js";
import { UsageError } from "../../errors.js";
import { Interrupted } from "../failure.js";
import type { Host, hosts, initOptions } from "./init-options.js";
import {
  areSigned,
  contractsCalled,
  secretOfSigning,
  secretsOfHeader,
  wishedCommand,
  wishedUrl,
} from "./init-wishes.js";
import type { OptionValues } from "../option.js";
import { harness } from "../../package-facts.js";

type Given = OptionValues<typeof initOptions>;

export interface Answers extends Pick<Given, "url" | "start" | "header" | "contract" | "secret" | "ci" | "fail-on"> {
  /** Null for none. */
  readonly install: string | null;
}

/** What seems right in the directory. */
export interface Guesses {
  readonly install: (start: string | undefined) => string | null;
  readonly ci: Host;
}

/**
 * Asks for what no option has said.
 * @param isStated whether an option of this name was given.
 * @throws Interrupted when the user ends it.
 */
export async function ask(given: Given, isStated: (name: keyof Given) => boolean, guesses: Guesses): Promise<Answers> {
  intro(`${harness.name} init: a config file, and a job that checks your receiver`);
  const start = given.start ?? (given.url === undefined ? await askStart() : undefined);
  const url = given.url ?? (await askUrl(start !== undefined));
  const install = given.install ?? (start === undefined ? null : await askInstall(guesses.install(start) ?? ""));
  const contract = isStated("contract") ? given.contract : await askContracts(given.contract);
  const under = contractsCalled(contract);
  const header = isStated("header") ? given.header : await askHeaders(under);
  const secret = given.secret ?? (areSigned(under) ? await askSecret(under) : undefined);
  const ci = given.ci ?? (await choose("Where is the job to run?", hostLabels, guesses.ci));
  const failOn = isStated("fail-on")
    ? given["fail-on"]
    : await choose("Which failures are to turn the job red?", levelLabels, given["fail-on"]);
  outro("That is all.");
  return { url, start, install, header, contract, secret, ci, "fail-on": failOn };
}

const hostLabels: Readonly<Record<string, string>> = {
  github: "GitHub Actions",
  gitlab: "GitLab CI",
  none: "nowhere yet: the config file alone",
} satisfies Record<(typeof hosts)[number], string>;

const levelLabels: Readonly<Record<string, string>> = {
  required: "of what is documented",
  recommended: "also of good practice",
  hardening: "also of hostile or unlucky input",
} satisfies Record<(typeof levels)[number], string>;

async function askStart(): Promise<string | undefined> {
  const where = await choose(
    "Where is the receiver, when the job checks it?",
    { url: "at a URL that the job can reach, such as staging", job: "in the job itself, which starts it" },
    "url",
  );
  if (where === "url") return undefined;
  return answered(
    await text({
      message: "Which command starts it?",
      placeholder: "npm start",
      validate: objection((value) => wishedCommand("start", value)),
    }),
  );
}

async function askUrl(isStartedByJob: boolean): Promise<string> {
  return answered(
    await text({
      message: "What is the callback URL?",
      placeholder: isStartedByJob
        ? "http://localhost:3000/hooks/scriptix"
        : "https://staging.example.com/hooks/scriptix",
      validate: objection((value) => wishedUrl(value, isStartedByJob)),
    }),
  );
}

async function askInstall(guess: string): Promise<string | null> {
  const command = answered(
    await text({ message: "Which command installs what it needs? Empty for none.", initialValue: guess }),
  );
  return command.trim() === "" ? null : command;
}

async function askContracts(initialValues: readonly string[]): Promise<readonly string[]> {
  const options = contracts.map(({ id, name }) => ({ value: id, label: name }));
  const answer = await multiselect<string>({
    message: "Which callbacks does it meet?",
    options,
    initialValues: [...initialValues],
  });
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}

async function askSecret(under: readonly Contract[]): Promise<string> {
  return answered(
    await text({
      message: "What are its requests signed with? A secret of the CI, by its name.",
      placeholder: "${WEBHOOK_SECRET}",
      validate: objection((value) => secretOfSigning(value, under)),
    }),
  );
}

async function askHeaders(under: readonly Contract[]): Promise<readonly string[]> {
  const headers: string[] = [];
  for (;;) {
    const which = headers.length === 0 ? "Which header is configured with the webhook?" : "Another header?";
    const header = answered(
      await text({
        message: `${which} Its value is a secret of the CI, by its name. Empty for none.`,
        placeholder: "X-Api-Key: ${SCRIPTIX_KEY}",
        validate: objection((value) => (value.trim() === "" ? [] : secretsOfHeader(value, under))),
      }),
    ).trim();
    if (header === "") return headers;
    headers.push(header);
  }
}

async function choose(
  message: string,
  labels: Readonly<Record<string, string>>,
  initialValue: string,
): Promise<string> {
  const options = Object.entries(labels).map(([value, label]) => ({ value, label }));
  return answered(await select<string>({ message, options, initialValue }));
}

/** An empty line may be no answer at all. */
function answered(answer: string | symbol | undefined): string {
  if (isCancel(answer)) throw new Interrupted();
  return String(answer ?? "");
}

/** The sentence that an option would be refused with, as an answer to a question. */
function objection(read: (value: string) => unknown): (value: string | undefined) => string | undefined {
  return (value) => {
    try {
      read(value ?? "");
      return undefined;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return error.message;
    }
  };
}
