"""Comparing a document's stored text with those that stand beside it on claims. A step of the verbs that call it."""

from __future__ import annotations

from annotations.sources.models import Evidence, LikeStory, Source, StoredCopy
from annotations.sources.origins import alike, story_of

MOST = 40
"""Documents that one is compared with, those that were cited last."""


def compare_stories(*, source: Source) -> None:
    """Write down which documents that are cited beside this one tell the same story, by their newest copies.

    Pairs are written in the order of their keys, so that two who compare at once never wait for each other.
    """
    beside = Evidence.objects.standing().filter(
        claim__in=Evidence.objects.standing().filter(source=source).values("claim")
    )
    keys = list(dict.fromkeys(beside.order_by("-pk").values_list("source", flat=True)[: MOST * 3]))
    texts = _texts([source.pk, *(key for key in keys if key != source.pk)][: MOST + 1])
    if source.pk not in texts or len(texts) < 2:
        return
    mine = story_of(texts.pop(source.pk))
    known = {(row.one_id, row.other_id): row for row in _pairs(source, list(texts))}
    for key in sorted(texts, key=lambda key: sorted((key, source.pk))):
        found, pair = alike(mine, story_of(texts[key])), tuple(sorted((key, source.pk)))
        row = known.get((pair[0], pair[1]))
        if row is None and not found.is_same:
            continue
        values = {"score": found.score, "is_same": found.is_same, "agency": found.agency}
        if row is None or any(getattr(row, name) != value for name, value in values.items()):
            LikeStory.objects.update_or_create(
                one_id=pair[0], other_id=pair[1], defaults=values | {"workspace_id": source.workspace_id}
            )


def _texts(keys: list[int]) -> dict[int, str]:
    """The text of the newest copy of each, of those that have one. One query, without bytes."""
    newest = StoredCopy.objects.filter(source__in=keys).order_by("source", "-pk").distinct("source")
    rows = dict(newest.values_list("source", "snapshot__text"))
    return {key: text for key, text in rows.items() if text}


def _pairs(source: Source, keys: list[int]) -> list[LikeStory]:
    return list(
        LikeStory.objects.filter(one=source, other__in=keys)
        | LikeStory.objects.filter(one__in=keys, other=source)
    )
