// A caret that moves through the article by word, sentence and character, without a mouse. It knows texts, not pages:
// `source` gives `count` paragraphs and the `text(at)` of each; a place is {at, index} in UTF-16 of its paragraph.

import { sentences, words } from "lib/words";

const memo = (find) => {
  const known = new Map();
  return (at) => known.get(at) ?? known.set(at, find(at)).get(at);
};

/** Pieces of the text (words or sentences), paragraph after paragraph; `next` crosses those that hold none. */
const pieces = (source, find) => {
  const of = memo((at) => find(source.text(at)));
  const first = (at, by) => {
    for (let here = at; here >= 0 && here < source.count; here += by) {
      const found = of(here);
      if (found.length) return { at: here, piece: by > 0 ? found[0] : found.at(-1) };
    }
    return null;
  };
  return { of, first };
};

export const caretOver = (source) => {
  const word = pieces(source, words);
  const sentence = pieces(source, sentences);
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

  /** The word at a place, or the next one, or the last one. */
  const wordAt = ({ at, index }) => {
    const here = word.of(at).find(([, end]) => end > index);
    return here ? { at, piece: here } : (word.first(at + 1, 1) ?? word.first(at, -1));
  };
  const nextWord = ({ at, piece }, by) => {
    const list = word.of(at);
    const next = list[list.findIndex(([start]) => start === piece[0]) + by];
    return next ? { at, piece: next } : word.first(at + by, by);
  };
  const sentenceOf = ({ at, piece }) => sentence.of(at).find(([start, end]) => start <= piece[0] && piece[0] < end) ?? piece;
  const inside = (at, [start, end]) => word.of(at).filter(([a]) => a >= start && a < end);
  /** The first word of the next or previous sentence; while extending, the far end of this one comes first. */
  const nextSentence = (head, by, isExtending) => {
    const mine = inside(head.at, sentenceOf(head));
    const edge = by > 0 ? mine.at(-1) : mine[0];
    if ((isExtending || by < 0) && edge && edge[0] !== head.piece[0]) return { at: head.at, piece: edge };
    const beyond = nextWord({ at: head.at, piece: edge ?? head.piece }, by);
    if (!beyond) return null;
    const there = inside(beyond.at, sentenceOf(beyond));
    return { at: beyond.at, piece: (by > 0 ? (isExtending ? there.at(-1) : there[0]) : there[0]) ?? beyond.piece };
  };
  const border = (head, by, isWhole) => {
    if (isWhole) return by < 0 ? word.first(0, 1) : word.first(source.count - 1, -1);
    const mine = inside(head.at, sentenceOf(head));
    return { at: head.at, piece: (by < 0 ? mine[0] : mine.at(-1)) ?? head.piece };
  };

  /** One end of a span, moved by a word: a start goes from word start to word start, an end from end to end. */
  const edgeByWord = ({ at, index }, by, isEnd) => {
    const side = isEnd ? 1 : 0;
    const list = word.of(at);
    const here = by > 0 ? list.find((one) => one[side] > index) : list.findLast((one) => one[side] < index);
    const found = here ? { at, piece: here } : word.first(at + by, by);
    return found && { at: found.at, index: found.piece[side] };
  };
  const edgeByCharacter = ({ at, index }, by) => {
    const text = source.text(at);
    if (by > 0 && index < text.length) {
      const hit = graphemes.segment(text).containing(index);
      return { at, index: hit.index + hit.segment.length };
    }
    if (by < 0 && index > 0) return { at, index: graphemes.segment(text).containing(index - 1).index };
    const next = at + by;
    if (next < 0 || next >= source.count) return null;
    return { at: next, index: by > 0 ? 0 : source.text(next).length };
  };
  const edgeOfSentence = ({ at, index }, by) => {
    const mine = sentence.of(at).find(([start, end]) => start <= index && index <= end);
    return mine ? { at, index: by < 0 ? mine[0] : mine[1] } : null;
  };
  return { wordAt, nextWord, nextSentence, border, edgeByWord, edgeByCharacter, edgeOfSentence, first: () => word.first(0, 1) };
};
