import assert from "node:assert/strict";
import { test } from "node:test";

import { codePoints, describe, snap, toCodePoints, toUtf16 } from "lib/spans";

const HARD = "She’d “12,000” 👩‍🚀🇰🇵 and e\u0301te\u0301 — مرحبا 한국 𝔘𝔫";

test("code points and UTF-16 lead back to each other at every place", () => {
  for (let count = 0; count <= codePoints(HARD); count += 1) assert.equal(toCodePoints(HARD, toUtf16(HARD, count)), count);
});

test("the inside of a surrogate pair counts as before it", () => {
  assert.equal(toCodePoints("a𝔘b", 2), 1);
});

test("a piece never cuts a grapheme, and sheds white space at its ends", () => {
  const inside = HARD.indexOf("👩") + 1;

  assert.equal(HARD.slice(...snap(HARD, inside, inside + 1)), "👩‍🚀");
  assert.equal("  two words  ".slice(...snap("  two words  ", 0, 13)), "two words");
  assert.equal(snap("a \u200e b", 1, 4), null);
});

test("a span says its words, and at most 32 code points around them", () => {
  const text = `${"𝔘".repeat(40)} here ${"한".repeat(40)}`;
  const at = text.indexOf("here");
  const span = describe(text, at, at + 4);

  assert.deepEqual([span.start, span.end, span.exact], [41, 45, "here"]);
  assert.equal(span.prefix, `${"𝔘".repeat(31)} `);
  assert.equal(span.suffix, ` ${"한".repeat(31)}`);
});
