/* oxlint-disable no-restricted-globals, typescript/unbound-method -- the app's thread is a process of its own; called with its own `this` */
import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire, type LoadHook, type ResolveHook } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What an app's own TypeScript project is compiled with. */
export interface TypeScriptProject {
  /** File of the package typescript. */
  readonly compiler: string;
  readonly tsconfig: string | null;
}

type Options = Readonly<Record<string, unknown>>;

interface Diagnostic {
  readonly category: number;
  readonly file?: { getLineAndCharacterOfPosition(start: number): { readonly line: number } };
  readonly start?: number;
  readonly messageText: unknown;
}

/** What is used of the package typescript, whose types are another in each version. */
interface Compiler {
  readonly sys: { fileExists(path: string): boolean; readFile(path: string): string | undefined };
  readonly ModuleKind: { readonly CommonJS: number; readonly ESNext: number };
  readonly DiagnosticCategory: { readonly Error: number };
  getParsedCommandLineOfConfigFile(
    file: string,
    options: object,
    host: object,
  ): { readonly options: Options } | undefined;
  resolveModuleName(
    name: string,
    from: string,
    options: Options,
    host: object,
    cache: undefined,
    redirected: undefined,
    mode: number,
  ): { readonly resolvedModule?: { readonly resolvedFileName: string; readonly isExternalLibraryImport?: boolean } };
  transpileModule(
    source: string,
    how: { readonly compilerOptions: Options; readonly fileName: string; readonly reportDiagnostics: boolean },
  ): { readonly outputText: string; readonly diagnostics?: readonly Diagnostic[] };
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
}

const sources = /(?<!\.d)\.[cm]?tsx?$/;

/** Compiles the files of one project, each by itself, as its tsconfig says. */
class Project {
  readonly #ts: Compiler;
  readonly #options: Options;

  constructor({ compiler, tsconfig }: TypeScriptProject) {
    const ts = createRequire(import.meta.url)(compiler) as Compiler;
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
    this.#ts = ts;
    this.#options = tsconfig === null ? {} : (ts.getParsedCommandLineOfConfigFile(tsconfig, {}, host)?.options ?? {});
  }

  /** @returns null where it is none of the project's. */
  resolve(name: string, from: string): string | null {
    const { ModuleKind, sys } = this.#ts;
    const mode = isCommonJs(from) ? ModuleKind.CommonJS : ModuleKind.ESNext;
    const found = this.#ts.resolveModuleName(name, from, this.#options, sys, undefined, undefined, mode).resolvedModule;
    if (found === undefined || found.isExternalLibraryImport === true) return null;
    return /\.d\.[cm]?ts$/.test(found.resolvedFileName) ? null : found.resolvedFileName;
  }

  compile(file: string): string {
    const { ModuleKind, DiagnosticCategory } = this.#ts;
    const toCommonJs = isCommonJs(file);
    const { outputText, diagnostics = [] } = this.#ts.transpileModule(readFileSync(file, "utf8"), {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: {
        ...this.#options,
        module: toCommonJs ? ModuleKind.CommonJS : ModuleKind.ESNext,
        ...(toCommonJs && { verbatimModuleSyntax: false }),
        moduleResolution: undefined,
        declaration: false,
        composite: false,
        sourceMap: false,
        inlineSourceMap: true,
        noEmit: false,
      },
    });
    const wrong = diagnostics.find((each) => each.category === DiagnosticCategory.Error && each.file !== undefined);
    if (wrong === undefined) return outputText;
    const line = (wrong.file?.getLineAndCharacterOfPosition(wrong.start ?? 0).line ?? 0) + 1;
    throw new SyntaxError(`${this.#ts.flattenDiagnosticMessageText(wrong.messageText, " ")} (${file}:${line})`);
  }
}

/** As Node takes a file of this name and place, once it is JavaScript. */
function isCommonJs(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return false;
  if (/\.c[jt]s$/.test(file)) return true;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const facts = join(folder, "package.json");
    if (existsSync(facts)) return (JSON.parse(readFileSync(facts, "utf8")) as { type?: string }).type !== "module";
    if (dirname(folder) === folder) return true;
  }
}

/** What Node does not document of `node:module`, and every loader for `require` builds upon. */
interface ModuleInternals {
  _resolveFilename(name: string, parent: { readonly filename?: string | null } | undefined, ...rest: unknown[]): string;
  readonly _extensions: Record<string, (module: { _compile(code: string, file: string): void }, file: string) => void>;
}

/** From now on, `import` and `require` of this thread take the project's TypeScript. */
export function register(options: TypeScriptProject): void {
  const project = new Project(options);
  const internals = Module as unknown as ModuleInternals;
  const { _resolveFilename: resolveFilename, _extensions: extensions } = internals;
  internals._resolveFilename = function resolved(name, parent, ...rest) {
    const from = parent?.filename ?? "";
    const found = sources.test(from) ? project.resolve(name, from) : null;
    return Reflect.apply(resolveFilename, this, [found ?? name, parent, ...rest]);
  };
  for (const extension of [".ts", ".tsx", ".cts"]) {
    extensions[extension] = (module, file) => module._compile(project.compile(file), file);
  }
  process.setSourceMapsEnabled(true);
  Module.register(import.meta.url, { data: options });
}

let hooked: Project;

/** Called by Node, in the thread that `import` asks. */
export function initialize(options: TypeScriptProject): void {
  hooked = new Project(options);
}

export const resolve: ResolveHook = (name, context, next) => {
  const from = context.parentURL?.startsWith("file:") === true ? fileURLToPath(context.parentURL) : "";
  const found = sources.test(from) ? hooked.resolve(name, from) : null;
  return next(found === null ? name : pathToFileURL(found).href, context);
};

export const load: LoadHook = async (url, context, next) => {
  const path = url.startsWith("file:") ? fileURLToPath(url) : "";
  if (!sources.test(path) || path.includes("/node_modules/")) return next(url, context);
  // Node then has `require` load it.
  if (isCommonJs(path)) return { format: "commonjs", source: null as never, shortCircuit: true };
  return { format: "module", source: hooked.compile(path), shortCircuit: true };
};
