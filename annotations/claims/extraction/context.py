"""Whether sentences come from a written article or from somebody talking: the model is read differently then."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PERSON = re.compile(r"\b(?:I|me|my|we|our|you|your)\b")
_QUOTED = re.compile(r"“[^”]{1,600}”?|\"[^\"]{1,600}\"?")
_SPEECH_FROM = 0.2
_FEW = 5


def is_article(texts: Sequence[str]) -> bool:
    """Whether the sentences read like a written article: enough of them, and few in which somebody says I, we or you.

    In a speech or a debate fewer sentences are worth a check, so the same share counts for less there
    (docs/decisions/0008-the-model-that-ships.md).
    """
    if len(texts) < _FEW:
        return False
    spoken = sum(bool(_PERSON.search(_QUOTED.sub("", text))) for text in texts)
    return spoken < _SPEECH_FROM * len(texts)
