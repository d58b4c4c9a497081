// What one module takes from another must be there: a name that is gone breaks a behaviour without a word to the person.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

const assets = new URL("../../../assets/js/", import.meta.url);

for (const folder of ["lib", "behaviours"]) {
  for (const file of readdirSync(new URL(folder, assets)).filter((name) => name.endsWith(".js"))) {
    test(`${folder}/${file} finds all that it imports`, async () => {
      const problem = await import(`${folder}/${file.slice(0, -3)}`).then(() => null, (found) => found);
      assert.ok(!(problem instanceof SyntaxError), String(problem));
    });
  }
}
