"""From PyTorch to the files that ship: three ONNX graphs in eight bits that share the lower half of the encoder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from annotations.claims.training.bert import Encoder, added, mean

SHARED = 3
"""Layers that both models have in common: they are frozen in training, and read once for both at run time."""


class Lower(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.embeddings, self.layers = encoder.embeddings, encoder.layers[:SHARED]

    def forward(self, ids: Tensor, present: Tensor) -> Tensor:
        hidden, mask = self.embeddings(ids), added(present)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


class Upper(nn.Module):
    """Upper layers, then the logits of the three classes (`head`), or the unit vector when there is no head."""

    def __init__(self, layers: nn.ModuleList, head: nn.Module | None) -> None:
        super().__init__()
        self.layers, self.head = layers, head

    def forward(self, hidden: Tensor, present: Tensor) -> Tensor:
        mask = added(present)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        pooled = mean(hidden, present)
        if self.head is None:
            return functional.normalize(pooled, dim=-1)
        return self.head(pooled)


def export(module: nn.Module, example: tuple[Tensor, Tensor], path: Path, *, first: str, out: str) -> None:
    """Write `module` as an ONNX graph with int8 weights per channel to `path`."""
    module.eval()
    axes = {first: {0: "rows", 1: "pieces"}, "present": {0: "rows", 1: "pieces"}, out: {0: "rows"}}
    if out == "hidden_out":
        axes[out][1] = "pieces"
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            module, example, str(full), input_names=[first, "present"], output_names=[out],
            dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=True,
        )  # fmt: skip
        quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True)
