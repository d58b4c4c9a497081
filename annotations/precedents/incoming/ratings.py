"""Ratings of other houses on our scale. The words as they came are always kept beside the code."""

from __future__ import annotations


def map_rating(
    text: str, value: object = None, best: object = None, worst: object = None
) -> tuple[str, str]:
    """The code on our scale and how it was found; ("", reason) when nothing fits.

    `text` are the words of the rating, `value`, `best` and `worst` the numbers of a ClaimReview. Words that
    are known count before numbers, because houses order their numbers differently.
    """
    raise NotImplementedError
