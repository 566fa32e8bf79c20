import { moveSqlite, type SqliteConnection } from "./sqlite-time.js";

type Called = (this: object, ...args: unknown[]) => unknown;

type Library = Record<string, Called | undefined>;

/** How a connection of a library is opened, and used, before anything is put in its place. */
interface Ways {
  readonly memory: () => object;
  readonly ways: (connection: object) => SqliteConnection;
}

/**
 * The add-on of better-sqlite3, from 7 on.
 * @returns whether it is one, and tells the app's time from now on.
 */
export function moveBetterSqlite(addOn: unknown): boolean {
  const { Database, Statement } = (addOn ?? {}) as {
    Database?: new (...args: unknown[]) => Library;
    Statement?: unknown;
  };
  if (Database === undefined || Statement === undefined) return false;
  const { prepare, exec, function: define } = Database.prototype as Library;
  if (prepare === undefined || exec === undefined || define === undefined) return false;
  return moveEach(Database.prototype as Library, ["prepare", "exec"], {
    memory: () => new Database(":memory:", ":memory:", true, false, false, 5000, null, null),
    ways: (connection) => ({
      define: (name, call) => void define.call(connection, call, name, -1, 1, true, false),
      exec: (sql) => void exec.call(connection, sql),
      first(sql, values) {
        const statement = prepare.call(connection, sql, connection, false) as Record<
          "pluck" | "safeIntegers",
          Called
        > & {
          get(...bound: unknown[]): ReturnType<SqliteConnection["first"]>;
        };
        statement.pluck(true);
        statement.safeIntegers(true);
        return statement.get(...values);
      },
    }),
  });
}

/**
 * Node's own, which takes functions from 22.13 on.
 * @returns whether it tells the app's time from now on.
 */
export function moveBuiltInSqlite(DatabaseSync: new (path: string) => object): boolean {
  const prototype = DatabaseSync.prototype as Library;
  const { prepare, exec, function: define } = prototype;
  if (prepare === undefined || exec === undefined || define === undefined) return false;
  return moveEach(prototype, ["prepare", "exec", "createTagStore"], {
    memory: () => new DatabaseSync(":memory:"),
    ways: (connection) => ({
      define: (name, call) =>
        void define.call(connection, name, { varargs: true, deterministic: true, useBigIntArguments: true }, call),
      exec: (sql) => void exec.call(connection, sql),
      first(sql, values) {
        const statement = prepare.call(connection, sql) as {
          setReadBigInts(are: boolean): void;
          get(...bound: unknown[]): Record<string, ReturnType<SqliteConnection["first"]>>;
        };
        statement.setReadBigInts(true);
        return Object.values(statement.get(...values))[0] ?? null;
      },
    }),
  });
}

/** Moves each connection as it is used first. @returns false where the library is another than it seemed. */
function moveEach(prototype: Library, uses: readonly string[], { memory, ways }: Ways): boolean {
  const moved = new WeakSet();
  let plain: object;
  try {
    plain = memory();
    moved.add(plain);
    const tried = memory();
    moveSqlite(ways(tried), ways(plain));
    ways(tried).first("select unixepoch()", []);
  } catch {
    return false;
  }
  const move = (connection: object): void => {
    if (moved.has(connection)) return;
    moved.add(connection);
    moveSqlite(ways(connection), ways(plain));
  };
  for (const name of uses) {
    const original = prototype[name];
    if (original === undefined) continue;
    prototype[name] = function used(this: object, ...args: unknown[]) {
      move(this);
      return original.apply(this, args);
    };
  }
  const { open } = prototype;
  if (open !== undefined) {
    prototype["open"] = function opened(this: object, ...args: unknown[]) {
      moved.delete(this);
      return open.apply(this, args);
    };
  }
  return true;
}
