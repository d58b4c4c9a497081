"""ClaimReview as JSON: one object, an array, an ItemList, a DataFeed, an @graph, or the claims of a search API.

Source: schema.org/ClaimReview. Pages with JSON-LD inside are not read here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotations.precedents.incoming.rows import Row, RowError, Unreadable, make_row
from annotations.tongue import gettext as _

_CONTAINERS = ("itemListElement", "dataFeedElement", "@graph", "claims", "item")
_DEEPEST = 8


def read_claimreview(text: str) -> Iterator[Row]:
    """The entries of a feed in its order. Raises `Unreadable` when it is no JSON or holds no ClaimReview."""
    try:
        feed = json.loads(text)
    except RecursionError:
        raise Unreadable(_("This JSON is nested too deeply.")) from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(_("This is no JSON{where}.").format(where=where)) from None
    found = False
    for line, entry in enumerate(_entries(feed, 0, in_graph=False), start=1):
        found = True
        if not isinstance(entry, Mapping) or not is_claimreview(entry):
            yield RowError(line, "@type", "This entry is no ClaimReview.")
        else:
            yield from make_row(line, fields_of(entry))
    if not found:
        raise Unreadable(_("No ClaimReview was found in this file."))


def is_claimreview(entry: Mapping[str, Any]) -> bool:
    kinds = entry.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return "claimReviewed" in entry or any(str(kind).endswith("ClaimReview") for kind in kinds)


def _entries(feed: Any, depth: int, *, in_graph: bool) -> Iterator[Any]:
    """What stands in the containers. Other things in an @graph (the page, its publisher) are passed over."""
    if depth > _DEEPEST:
        return
    if isinstance(feed, list):
        for one in feed:
            yield from _entries(one, depth + 1, in_graph=in_graph)
        return
    if isinstance(feed, Mapping) and not is_claimreview(feed):
        if isinstance(feed.get("claimReview"), list):
            yield from _of_search_api(feed)
            return
        inside = next((name for name in _CONTAINERS if isinstance(feed.get(name), list | dict)), "")
        if inside:
            yield from _entries(feed[inside], depth + 1, in_graph=inside == "@graph")
            return
        if in_graph or depth == 0:
            return
    yield feed


def _of_search_api(claim: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A claim of the Fact Check Tools API, which holds its reviews: each becomes a ClaimReview."""
    for review in claim["claimReview"]:
        if isinstance(review, Mapping):
            yield {
                "claimReviewed": claim.get("text"),
                "itemReviewed": {"author": claim.get("claimant"), "datePublished": claim.get("claimDate")},
                "author": review.get("publisher"),
                "url": review.get("url"),
                "headline": review.get("title"),
                "datePublished": review.get("reviewDate"),
                "reviewRating": {"alternateName": review.get("textualRating")},
                "inLanguage": review.get("languageCode"),
            }


def fields_of(entry: Mapping[str, Any]) -> dict[str, object]:
    rating, item = _first(entry.get("reviewRating")), _first(entry.get("itemReviewed"))
    rating = rating if isinstance(rating, Mapping) else {"alternateName": rating}
    item = item if isinstance(item, Mapping) else {}
    return {
        "claim": entry.get("claimReviewed"),
        "title": entry.get("headline") or entry.get("name"),
        "url": _address(entry.get("url")),
        "publisher": _name(entry.get("author")) or _name(entry.get("publisher")),
        "rating_text": rating.get("alternateName") or rating.get("name"),
        "value": rating.get("ratingValue"),
        "best": rating.get("bestRating"),
        "worst": rating.get("worstRating"),
        "claimant": _name(item.get("author")),
        "claimed_on": item.get("datePublished"),
        "reviewed_on": entry.get("datePublished"),
        "language": _name(entry.get("inLanguage")),
        "raw_id": entry.get("@id") or _address(entry.get("identifier")),
    }


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _name(value: Any) -> object:
    """A person or organisation is an object with a name, a list of them, or just the name."""
    one = _first(value)
    if isinstance(one, Mapping):
        return _first(one.get("name") or one.get("alternateName") or "")
    return one


def _address(value: Any) -> object:
    one = _first(value)
    return one.get("@id") or one.get("url") or one.get("value") if isinstance(one, Mapping) else one
