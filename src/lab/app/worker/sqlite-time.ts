/* oxlint-disable no-restricted-globals -- the app's own time */

type SqlValue = string | number | bigint | null | Uint8Array;

type SqlFunction = (...values: SqlValue[]) => SqlValue;

/** A connection to SQLite, whatever library it is of. */
export interface SqliteConnection {
  /** In place of the function that SQLite has by this name, for any number of values. */
  define(name: string, call: SqlFunction): void;
  exec(sql: string): void;
  /** The first value of the first row; integers as bigint. */
  first(sql: string, values: readonly SqlValue[]): SqlValue;
}

/** SQLite's functions of date and time, and which of their values are moments; a moment left out is now. */
const functions: Readonly<Record<string, readonly number[]>> = {
  date: [0],
  time: [0],
  datetime: [0],
  julianday: [0],
  unixepoch: [0],
  strftime: [1],
  timediff: [0, 1],
};

/** Without parentheses. They are functions to the parser, as SQLite's resolve.c has it. */
const constants: Readonly<Record<string, string>> = {
  current_date: "date",
  current_time: "time",
  current_timestamp: "datetime",
};

/**
 * Has a connection tell the app's time in place of the system's, wherever SQLite reads it: `now`, `current_timestamp`,
 * defaults of columns, triggers. An app's functions go before SQLite's own (sqlite.org/appfunc.html).
 * @param plain another one, in which they are SQLite's own.
 */
export function moveSqlite(connection: SqliteConnection, plain: SqliteConnection): void {
  // Some builds let a schema call nothing but what SQLite itself has.
  connection.exec("pragma trusted_schema = on");
  for (const [name, moments] of Object.entries(functions)) {
    if (!isKnown(plain, name)) continue;
    connection.define(name, (...values) => {
      const told = withNow(values, moments);
      return plain.first(`select ${name}(${told.map(() => "?").join(", ")})`, told);
    });
  }
  for (const [name, by] of Object.entries(constants)) {
    connection.define(name, () => plain.first(`select ${by}(?)`, [now()]));
  }
}

function withNow(values: readonly SqlValue[], moments: readonly number[]): readonly SqlValue[] {
  const told = [...values];
  for (const at of moments) {
    const value = told[at];
    const text = typeof value === "string" ? value.toLowerCase() : value;
    if (text === "now" || (text === undefined && at === told.length)) told[at] = now();
    // SQLite 3.42: in the place of a moment it means now as well, and more exactly.
    else if (text === "subsec" || text === "subsecond") told.splice(at, 0, now());
  }
  return told;
}

const now = (): string => new Date().toISOString().replace("T", " ").replace("Z", "");

/** Some came late: `unixepoch` with 3.38, `timediff` with 3.43. */
function isKnown(plain: SqliteConnection, name: string): boolean {
  return plain.first("select count(*) from pragma_function_list where name = ?", [name]) !== 0n;
}
