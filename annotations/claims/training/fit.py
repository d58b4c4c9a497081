"""Training of the upper layers on hidden states of the frozen lower ones, on one thread.

The lower half never changes, so its output is computed once; what is left of a step costs half.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from annotations.claims.extraction.model import LENGTH
from annotations.claims.extraction.wordpiece import WordPiece
from annotations.claims.training.bert import WIDTH, Encoder
from annotations.claims.training.data import Sentence
from annotations.claims.training.export import SHARED, Lower, Upper

BATCH = 32

Example = tuple[Tensor, Tensor]
"""Hidden states of one sentence (pieces, width), and the share of each class."""


def cached(encoder: Encoder, pieces: WordPiece, sentences: Sequence[Sentence]) -> list[Example]:
    """What the frozen layers make of each sentence, kept in 16 bits."""
    lower = Lower(encoder).eval()
    coded = [pieces.encode(sentence.text, LENGTH) for sentence in sentences]
    found: list[Example | None] = [None] * len(coded)
    order = sorted(range(len(coded)), key=lambda place: len(coded[place]))
    with torch.inference_mode():
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            ids, present = padded([coded[place] for place in places])
            hidden = lower(ids, present).half()
            for row, place in enumerate(places):
                kept = hidden[row, : len(coded[place])].clone()
                found[place] = (kept, torch.tensor(sentences[place].worth))
    return found  # type: ignore[return-value]


def padded(coded: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    width = max(map(len, coded))
    ids = torch.zeros(len(coded), width, dtype=torch.long)
    present = torch.zeros(len(coded), width, dtype=torch.long)
    for row, numbers in enumerate(coded):
        ids[row, : len(numbers)] = torch.tensor(numbers)
        present[row, : len(numbers)] = 1
    return ids, present


def fresh(encoder: Encoder, layers: int) -> Upper:
    """Untrained: `layers` upper layers of the base model, and a head for the three classes."""
    torch.manual_seed(13)
    upper = encoder.layers[SHARED : SHARED + layers]
    return Upper(copy.deepcopy(upper), nn.Linear(WIDTH, 3))


def train(
    model: Upper,
    examples: Sequence[Example],
    *,
    epochs: int,
    rate: float,
    seed: int,
    say: Callable[[str], None] = lambda line: None,
) -> Upper:
    """Cross-entropy against the annotators' shares; AdamW with a linear rise over a tenth and a linear fall."""
    drawn = random.Random(seed)
    torch.manual_seed(seed)
    steps = [batch for _ in range(epochs) for batch in _batches(examples, drawn)]
    hand = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    rise = max(1, len(steps) // 10)
    plan = torch.optim.lr_scheduler.LambdaLR(
        hand,
        lambda step: min((step + 1) / rise, max(0.0, (len(steps) - step) / max(1, len(steps) - rise))),
    )
    model.train()
    total = 0.0
    for number, places in enumerate(steps, 1):
        hidden, present, worth = _batch([examples[place] for place in places])
        loss = functional.cross_entropy(model(hidden, present), worth)
        hand.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        hand.step()
        plan.step()
        total += loss.item()
        if number % 100 == 0:
            say(f"step {number} of {len(steps)}, loss {total / 100:.3f}")
            total = 0.0
    model.eval()
    return model


def _batches(examples: Sequence[Example], drawn: random.Random) -> list[list[int]]:
    """Batches of sentences of like length, in drawn order, so that little is padding."""
    order = sorted(range(len(examples)), key=lambda place: (len(examples[place][0]), drawn.random()))
    found = [order[first : first + BATCH] for first in range(0, len(order), BATCH)]
    drawn.shuffle(found)
    return found


def _batch(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(hidden) for hidden, _ in examples)
    hidden = torch.zeros(len(examples), width, WIDTH)
    present = torch.zeros(len(examples), width, dtype=torch.long)
    for row, (states, _) in enumerate(examples):
        hidden[row, : len(states)] = states.float()
        present[row, : len(states)] = 1
    return hidden, present, torch.stack([worth for _, worth in examples])


def scores(model: Upper, examples: Sequence[Example]) -> list[list[float]]:
    """The logits of the three classes for each example."""
    found: list[list[float]] = [[] for _ in examples]
    order = sorted(range(len(examples)), key=lambda place: len(examples[place][0]))
    with torch.inference_mode():
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            hidden, present, _ = _batch([examples[place] for place in places])
            for place, row in zip(places, model(hidden, present).tolist(), strict=True):
                found[place] = row
    return found


def adapted(
    model: Upper,
    news: Sequence[Example],
    debates: Sequence[Example],
    *,
    times: int,
    replay: int,
    rate: float,
    seed: int,
) -> Upper:
    """A copy that has read the news `times` over, among `replay` debate sentences so that it forgets nothing."""
    again = random.Random(seed).sample(list(debates), min(replay, len(debates)))
    return train(copy.deepcopy(model), [*news] * times + again, epochs=1, rate=rate, seed=seed)
