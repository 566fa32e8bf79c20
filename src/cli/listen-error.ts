import { UsageError } from "../errors.js";

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "something else listens there",
  EACCES: "it may not be used",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "there is no such name",
};

/**
 * What the operating system says about an address to listen on is about the options; any other error stays as it is.
 * @param options as given, such as `--port 3000`.
 */
export function listenError(error: unknown, options: string): unknown {
  const { syscall, code = "" } = error as NodeJS.ErrnoException;
  if (syscall !== "listen" && syscall !== "getaddrinfo") return error;
  return new UsageError("ERR_LISTEN", `${options}: expected an address to listen on, but ${reasons[code] ?? code}`);
}
