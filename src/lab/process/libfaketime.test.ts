import { expect, test } from "vitest";
import { UsageError } from "../../errors.js";
import { findLibfaketime, travellingEnvironment } from "./libfaketime.js";

test("says in one sentence how to get it where it is missing", () => {
  expect(() => findLibfaketime(["/nowhere"])).toThrow(UsageError);
  expect(() => findLibfaketime(["/nowhere"])).toThrow(
    /^--time-travel: expected libfaketime .* apt-get install faketime /,
  );
});

test("lets no other setting of libfaketime pass, and loads what else is to be loaded", () => {
  const env = { PATH: "/bin", FAKETIME: "+1d", FAKETIME_SHARED: "/a /b", LD_PRELOAD: "libjemalloc.so" };
  expect(travellingEnvironment(env, "/lib/libfaketimeMT.so.1", "/tmp/offset")).toEqual({
    PATH: "/bin",
    LD_PRELOAD: "/lib/libfaketimeMT.so.1:libjemalloc.so",
    FAKETIME_TIMESTAMP_FILE: "/tmp/offset",
    FAKETIME_NO_CACHE: "1",
    NO_FAKE_STAT: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "0",
  });
});
