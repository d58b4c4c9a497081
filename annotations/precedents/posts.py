"""A post of a social network as plain words, for the search by meaning."""

from __future__ import annotations


def clean_query(text: str) -> str:
    """The words of a post without its links, @ and # signs and the signature “— Name (@handle) date”."""
    raise NotImplementedError
