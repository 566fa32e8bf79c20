/** Whom a socket is told to connect to; Node's own callers pass what they have sorted already, as an array. */
export function peerOf(args: readonly unknown[]): { readonly name: string; readonly port: number | null } {
  const [target, host] = (Array.isArray(args[0]) ? args[0] : args) as readonly unknown[];
  const given =
    typeof target === "object" && target !== null
      ? (target as { readonly host?: string; readonly port?: number | string; readonly path?: string })
      : { port: target as number | string, ...(typeof host === "string" && { host }) };
  const port = Number(given.port);
  if (given.port === undefined || Number.isNaN(port)) return { name: given.path ?? String(given.port), port: null };
  return { name: `${given.host ?? "localhost"}:${port}`, port };
}
