// embed.d.ts, as the compiler of whoever embeds the viewer takes it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("an app that uses all of embed.d.ts compiles, and mistakes in it are found", () => {
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler", "--lib", "es2022,dom"];
  const compiler = spawnSync(here("node_modules/.bin/tsc"), [...options, here("types/app.ts")], { encoding: "utf8" });
  assert.equal(compiler.stdout + compiler.stderr, "");
  assert.equal(compiler.status, 0);
});
