"""What is published of a claim, as plain values: the frozen object that every report is made of. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(content: dict[str, Any]) -> str:
    """One spelling for one content: sorted keys, no white space, text as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(content: dict[str, Any]) -> str:
    """Hash of the canonical JSON in UTF-8, as lower-case hex."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def tombstone(content: dict[str, Any]) -> dict[str, Any]:
    """What stays of a retracted claim: which claim of which article it was, and nothing of the verdict."""
    return {
        "claim": content["claim"],
        "article": content["article"],
        "people": {},
        "verdict": None,
        "evidence": [],
    }
