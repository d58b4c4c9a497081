"""Text from outside, normalised once when it is kept and never again: every position counts its code points. Pure."""

from __future__ import annotations

import re

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """Line ends to LF, NUL and lone surrogates to U+FFFD, one leading byte order mark away. Nothing else.

    Two surrogates that form a pair are one character written in UTF-16: they are joined, not replaced.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    text = _SURROGATE_PAIR.sub(_join_pair, text)
    return _LONE_SURROGATE.sub("\ufffd", text)


def _join_pair(pair: re.Match[str]) -> str:
    return pair.group().encode("utf-16", "surrogatepass").decode("utf-16")
