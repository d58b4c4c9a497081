import assert from "node:assert/strict";
import { test } from "node:test";

import { sentences, words } from "lib/words";

const cut = (text, places) => places.map(([from, to]) => text.slice(from, to));

test("words leave out punctuation and keep numbers whole", () => {
  const text = "Over 12,000 soldiers, it's said.";

  assert.deepEqual(cut(text, words(text)), ["Over", "12,000", "soldiers", "it's", "said"]);
});

test("a sentence does not end behind initials, titles or months", () => {
  const text = "The U.N. met Dr. Lee on Jan. 8 in May. Nobody spoke.";

  assert.deepEqual(cut(text, sentences(text)), ["The U.N. met Dr. Lee on Jan. 8 in May.", "Nobody spoke."]);
});

test("a new paragraph always begins a sentence", () => {
  const text = "Signed by J. P.\n\nIt was late.";

  assert.deepEqual(cut(text, sentences(text)), ["Signed by J. P.", "It was late."]);
});

test("places count UTF-16, emoji and all", () => {
  const text = "👩‍🚀 flew home.";

  assert.equal(text.slice(...words(text)[0]), "flew");
});
