"""How other people name the columns of a table of checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# The first name that a file has wins: “text” is the claim only where no column is called “claim”.
_NAMES = {
    "claim": "claim claimreviewed claimtext statement claimstatement checkedclaim quote text content behauptung",
    "title": "title headline reviewtitle articletitle claimreviewtitle name",
    "url": "url link reviewurl factcheckurl articleurl claimreviewurl source_url sourceurl href permalink address",
    "publisher": "publisher reviewer factchecker organisation organization outlet site publishername source author",
    "rating_text": "rating verdict textualrating ratingname alternatename label conclusion ratingtext judgement ruling",
    "value": "ratingvalue ratingnumber",
    "best": "bestrating",
    "worst": "worstrating",
    "claimant": "claimant speaker claimedby saidby claimauthor person",
    "claimed_on": "claimedon claimdate statementdate dateofclaim claimed saidon",
    "reviewed_on": "reviewedon reviewdate datepublished published publishedon publicationdate checkedon date",
    "language": "language lang inlanguage languagecode",
    "raw_id": "id identifier rawid uid externalid",
}


def plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Which of these column names holds which field of an incoming row."""
    given = {plain(name): name for name in reversed(list(names))}
    found: dict[str, str] = {}
    for field, known in _NAMES.items():
        name = next(
            (given[one] for one in known.split() if one in given and given[one] not in found.values()), None
        )
        if name is not None:
            found[field] = name
    return found


def pick(row: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    return {field: row.get(name) for field, name in columns.items()}
