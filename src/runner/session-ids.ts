import { createHash } from "node:crypto";

/** Begins every invented session id, so that staging can be cleaned of them. */
export const sessionIdPrefix = "c0de7e57";

/** Characters of a session id as the documentation shows them: lower-case hex. */
const sessionIdLength = 26;

/** Finds one, whatever stands around it. */
export const inventedId = new RegExp(`${sessionIdPrefix}[\\da-f]{${sessionIdLength - sessionIdPrefix.length}}`);

/** Hex characters that depend on the given words alone. */
export function hexOf(length: number, ...words: readonly (string | number)[]): string {
  let hex = "";
  for (let block = 0; hex.length < length; block += 1) {
    hex += createHash("sha256")
      .update(JSON.stringify([...words, block]))
      .digest("hex");
  }
  return hex.slice(0, length);
}

/**
 * Where session ids come from. `invent` derives them from seed and nonce, apart for each check, so that the order in
 * which checks run changes none; `supplied` are known to the receiver and used once each.
 */
export interface SessionSource {
  readonly invents: boolean;
  /** How many are left; Infinity where they are invented. */
  left(): number;
  /** Sets so many aside for one run of a check; null where there are not enough. */
  take(owner: string, count: number): SessionBatch | null;
}

export type SessionBatch = () => string;

/** @param prefix how the ids of a service begin. @default nothing */
export function inventedSessions(seed: string, nonce: string, prefix = ""): SessionSource {
  const taken = new Map<string, number>();
  return {
    invents: true,
    left: () => Infinity,
    take(owner) {
      return () => {
        const number = (taken.get(owner) ?? 0) + 1;
        taken.set(owner, number);
        return prefix + sessionIdPrefix + hexOf(sessionIdLength - sessionIdPrefix.length, seed, nonce, owner, number);
      };
    },
  };
}

export function suppliedSessions(ids: readonly string[]): SessionSource {
  const queue = [...new Set(ids)];
  return {
    invents: false,
    left: () => queue.length,
    take(_owner, count) {
      if (count > queue.length) return null;
      const batch = queue.splice(0, count);
      return () => {
        const id = batch.shift();
        if (id === undefined) throw new Error(`a check took more than the ${count} session ids that it declares`);
        return id;
      };
    },
  };
}
