"""The encoder, in the few lines that training needs: MiniLM-L6 as a BERT of six layers, read from its weight file.

W. Wang et al., MiniLM (NeurIPS 2020); N. Reimers and I. Gurevych, Sentence-BERT (EMNLP 2019).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER, PLACES = 384, 12, 6, 1536, 512


class Embeddings(nn.Module):
    def __init__(self, words: int) -> None:
        super().__init__()
        self.word = nn.Embedding(words, WIDTH)
        self.place = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, ids: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        return self.norm(self.word(ids) + self.place(places))


class Layer(nn.Module):
    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the attention scores: 0 where there is a piece, a large negative where there is none."""
        rows, length, _ = hidden.shape
        shape = (rows, length, HEADS, WIDTH // HEADS)
        query, key, value = (
            part(hidden).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (self.drop(scores.softmax(-1)) @ value).transpose(1, 2).reshape(rows, length, WIDTH)
        hidden = self.norm_attention(hidden + self.drop(self.out(mixed)))
        return self.norm(hidden + self.drop(self.narrow(functional.gelu(self.wide(hidden)))))


class Encoder(nn.Module):
    """Embeddings and layers `first` to `last` (counted from 1) of the six."""

    def __init__(self, words: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.embeddings = Embeddings(words)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids: Tensor, present: Tensor) -> Tensor:
        hidden, mask = self.embeddings(ids), added(present)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


def added(present: Tensor) -> Tensor:
    return (1.0 - present[:, None, None, :].float()) * -10000.0


def mean(hidden: Tensor, present: Tensor) -> Tensor:
    """The mean over the pieces that are there, one vector a row."""
    weights = present[:, :, None].float()
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def load(weights: dict[str, Tensor]) -> Encoder:
    """The encoder with the weights of the published file (its names are BERT's)."""
    encoder = Encoder(weights["embeddings.word_embeddings.weight"].shape[0])
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
        "wide": "intermediate.dense", "narrow": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    state = {
        "embeddings.word.weight": weights["embeddings.word_embeddings.weight"],
        # Every text is a single segment, so its type is a constant that the places can carry.
        "embeddings.place.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "embeddings.norm.weight": weights["embeddings.LayerNorm.weight"],
        "embeddings.norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        for ours, theirs in names.items():
            for kind in ("weight", "bias"):
                state[f"layers.{number}.{ours}.{kind}"] = weights[f"encoder.layer.{number}.{theirs}.{kind}"]
    encoder.load_state_dict(state)
    return encoder
