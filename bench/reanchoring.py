"""What re-anchoring does with generated edits, as a table, and what it costs on a very long article.

    .venv/bin/python bench/reanchoring.py [--edits 10000] [--seed 1]

The truth is the generator's: each word of an article has a key, and edits keep or replace keys.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    from tests.claims.generated_edits import LANGUAGES
    from tests.claims.judged_reanchoring import RIGHT, WRONG, judge

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.process_time()
    judged = judge(asked.seed, asked.edits)
    print(f"{judged.edits:,} edits, {judged.spans:,} spans, {time.process_time() - began:.1f} CPU-s\n")
    for (truth, said), count in sorted(judged.counts.items()):
        print(f"{count:7,}  {truth:62} {said}")
    print(
        f"\nplaced wrongly: {len(judged.wrong)}    placed rightly of those that stand: {judged.found:.2%}\n"
    )
    for language in sorted(LANGUAGES):
        of = {said: count for (one, said), count in judged.by_language.items() if one == language}
        print(
            f"{language:6} {sum(of.values()):6,} spans  {of.get(RIGHT, 0):6,} right  {of.get(WRONG, 0)} wrong"
        )
    for case in judged.wrong[:5]:
        print("\n" + case)
    _long()


def _long() -> None:
    """100,000 words and 1,000 claims, half of whose neighbourhood changed."""
    from annotations.claims.reanchoring import Reanchoring

    lines = [
        f"Sentence {n} says that {n * 7 % 1000} boats of the {n % 13}th fleet were seen near port {n % 97}."
        for n in range(6_700)
    ]
    old = " ".join(lines)
    new = " ".join(
        line.replace("boats", "ships") if n % 9 == 0 else line for n, line in enumerate(lines) if n % 50
    )
    began = time.process_time()
    reanchoring = Reanchoring(old, new)
    compared = time.process_time() - began
    places = [(old.index(line), old.index(line) + len(line)) for line in lines[::7]]
    for start, end in places:
        reanchoring.place(start, end)
    total = time.process_time() - began
    print(f"\n{len(old.split()):,} words: compared in {compared:.2f} s, {len(places)} spans in {total:.2f} s")


if __name__ == "__main__":
    main()
