"""Everything the workbench page shows of one article, read in a number of queries that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.queries import current_version
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.lifecycle import LIVE, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_mark
from annotations.claims.queries import places_in
from annotations.desks.queries import scales_of
from annotations.desks.scale import Scales
from annotations.jobs.models import Job
from annotations.mentions.queries import mentions_in
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer
from annotations.reviews.models import Publication
from annotations.screens.claim_panel import Panel, claim_panel
from annotations.screens.text import Mark, Paragraph, text_of
from annotations.tongue import inside, table
from annotations.verdicts.models import Verdict

SHOWS = table(
    {
        "all": "All",
        "candidates": "Candidates",
        "open": "In review",
        "mine": "Mine",
        "decided": "Decided",
        "dismissed": "Dismissed",
    }
)
_DECIDED = frozenset({Status.APPROVED, Status.PUBLISHED, Status.RETRACTED})
_RATED = _DECIDED - {Status.RETRACTED}
_ICONS = {
    Status.CANDIDATE: "circle-dashed",
    Status.DISPUTED: "triangle-alert",
    Status.RETRACTED: "undo-2",
    Status.DISMISSED: "x",
    Status.MERGED: "git-merge",
}


@dataclass(frozen=True)
class Item:
    """A claim as one line of the list, and as a mark in the text. `number` counts places in the text; 0 for none."""

    pk: int
    number: int
    start: int
    end: int
    statement: str
    status: str
    attribute: str
    value: str
    icon: str
    says: str
    is_mine: bool
    is_sample: bool
    version: int = 1
    is_here: bool = True


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    count: int
    tone: str


@dataclass(frozen=True)
class Workbench:
    article: Article
    version: ArticleVersion
    job: Job
    may_retry: Answer
    may_mark: Answer
    show: str
    tabs: tuple[Tab, ...]
    items: tuple[Item, ...]
    sample: tuple[Item, ...]
    parts: tuple[tuple[str, str, int], ...]
    summary: str
    decided: int
    total: int
    candidates: int
    marked: tuple[Item, ...]
    panel: Panel | None
    first: int | None
    anchors: dict[int, ClaimAnchor]
    live: tuple[Item, ...]

    @cached_property
    def unplaced(self) -> int:
        """Claims whose words a person has to look for in this version."""
        lost = {item.pk for item in self.live if not item.is_here}
        return sum(pk in lost and anchor.is_waiting for pk, anchor in self.anchors.items())

    @cached_property
    def anchor(self) -> ClaimAnchor | None:
        """What became of the words of the claim in hand, when it stands on an earlier version."""
        claim = self.panel.claim if self.panel else None
        if claim is None or claim.article_version_id == self.version.pk:
            return None
        return self.anchors.get(claim.pk)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text with its marks: worked out only where it is shown, since most answers are the panel alone."""
        claims = [_mark(item) for item in self.marked if item.is_here]
        return tuple(text_of(self.version.text, claims + _mentions(self.article, self.version, self.items)))

    @cached_property
    def has_overlaps(self) -> bool:
        return any(paragraph.lanes > 1 for paragraph in self.paragraphs)


def workbench(*, article: Article, person: User, claim_id: int | None = None, show: str = "all") -> Workbench:
    """The page for this person: list, text with its marks, and the claim in hand.

    `claim_id` names a claim of the article; an unknown one leaves the panel empty.
    """
    version = current_version(article)
    scales = scales_of(article.workspace_id)
    anchors = places_in(version) if version.number > 1 else {}
    every = _items(version, anchors, person, scales)
    sample = [item for item in every if _is_passed_over(item)]
    items = [item for item in every if not _is_passed_over(item)]
    live = [item for item in items if item.status in LIVE]
    show = show if show in SHOWS else "all"
    shown = _shown(items, show)
    in_hand = next((item for item in every if item.pk == claim_id), None)
    marked = live + ([in_hand] if in_hand and in_hand not in live else [])
    parts, summary = _summary(live, scales)
    return Workbench(
        article=article,
        version=version,
        job=version.extraction,
        may_retry=may_act_as(person, Role.REVIEWER, within=article.workspace_id, to=_("start this again")),
        may_mark=may_mark(person, article),
        show=show,
        tabs=tuple(
            Tab(code, label, len(_shown(items, code)), "candidate" if code == "candidates" else "plain")
            for code, label in SHOWS.items()
        ),
        items=tuple(shown),
        sample=tuple(sample),
        parts=parts,
        summary=summary,
        decided=sum(item.status in _DECIDED for item in live),
        total=len(live),
        candidates=sum(item.status == Status.CANDIDATE for item in live),
        marked=tuple(marked),
        panel=_panel(in_hand, sample if in_hand in sample else shown or live, person),
        first=(shown or live)[0].pk if (shown or live) else None,
        anchors=anchors,
        live=tuple(live),
    )


def _is_passed_over(item: Item) -> bool:
    """Drawn from what scored too low, and not accepted: neither a proposal nor marked in the text until in hand."""
    return item.is_sample and item.status == Status.CANDIDATE


def _panel(item: Item | None, row: Sequence[Item], person: User) -> Panel | None:
    if item is None:
        return None
    keys = [one.pk for one in row]
    if item.pk in keys:
        at = keys.index(item.pk)
        before, after = keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
    else:
        # It left the list by what was just done to it: its neighbours in the text are the way on.
        before = next((one.pk for one in reversed(row) if one.start < item.start), None)
        after = next((one.pk for one in row if one.start >= item.start), None)
    return claim_panel(claim_id=item.pk, number=item.number, person=person, before=before, after=after)


def _items(
    version: ArticleVersion, anchors: dict[int, ClaimAnchor], person: User, scales: Scales
) -> list[Item]:
    """Every claim of the article in the order of its words in this version; three queries."""
    article = version.article_id
    fields = ("pk", "start", "end", "statement", "exact", "status", "reviewer_id", "is_sample", "version")
    rows = Claim.objects.filter(article=article).in_order().only(*fields, "article_version_id")
    rated = Verdict.objects.filter(claim__article=article).exclude(rating="").latest_of_each()
    ratings = {
        claim: (code, known.label)
        for claim, code, number in rated.values_list("claim_id", "rating", "scale_version")
        if (known := scales.rating(code, number))
    }
    # What is live may differ from the newest revision while a correction is under way.
    published = Publication.objects.filter(claim__article=article).exclude(rating="")
    live = published.latest_of_each().values_list("claim_id", "rating", "content__verdict__label")
    ratings |= {claim: (code, label) for claim, code, label in live}
    items, number = [], 0
    for claim, place in _in_place(rows, version, anchors):
        is_shown = claim.status in LIVE and not (claim.is_sample and claim.status == Status.CANDIDATE)
        number += is_shown
        items.append(_item(claim, number if is_shown else 0, ratings.get(claim.pk, ("", "")), person, place))
    return items


Place = tuple[int, int, bool]


def _in_place(
    rows: Iterable[Claim], version: ArticleVersion, anchors: dict[int, ClaimAnchor]
) -> list[tuple[Claim, Place]]:
    """Each claim with its place in this version: its own, where its words stand now, or the old one, not shown."""
    found: list[tuple[Claim, Place]] = []
    for claim in rows:
        anchor = anchors.get(claim.pk)
        if claim.article_version_id == version.pk:
            found.append((claim, (claim.start, claim.end, True)))
        elif anchor and anchor.start is not None and anchor.end is not None:
            found.append((claim, (anchor.start, anchor.end, True)))
        else:
            found.append((claim, (claim.start, claim.end, False)))
    return sorted(found, key=lambda one: (one[1][0], -one[1][1], one[0].pk)) if anchors else found


def _item(claim: Claim, number: int, rating: tuple[str, str], person: User, place: Place) -> Item:
    status, (code, label) = Status(claim.status), rating
    if status in _RATED and code:
        attribute, value, icon = "rating", code, f"r-{code}"
        says = f"{label}, {inside(status.label)}"
    else:
        tone = {Status.CANDIDATE: "candidate", Status.DISPUTED: "warn"}.get(status, "work")
        attribute, value = "tone", tone if status in LIVE and status != Status.RETRACTED else "plain"
        icon, says = _ICONS.get(status, "dot"), status.label
    return Item(
        pk=claim.pk,
        number=number,
        start=place[0],
        end=place[1],
        is_here=place[2],
        statement=claim.statement or claim.exact,
        status=claim.status,
        attribute=attribute,
        value=value,
        icon=icon,
        says=says,
        is_mine=claim.reviewer_id == person.pk,
        is_sample=claim.is_sample,
        version=claim.version,
    )


def _mark(item: Item) -> Mark:
    says = (
        _("Claim {number}, {says}").format(number=item.number, says=item.says)
        if item.number
        else _("Claim, {says}").format(says=item.says)
    )
    rating = item.value if item.attribute == "rating" else ""
    state = item.status.lower()
    return Mark(item.pk, item.start, item.end, item.number, state, rating, says, f"?claim={item.pk}")


def _mentions(article: Article, version: ArticleVersion, items: Sequence[Item]) -> list[Mark]:
    """Further appearances, of claims of this article and of others: one query."""
    numbers = {item.pk: item.number for item in items}
    found = []
    for row in mentions_in(version):
        claim = row.claim
        is_here = claim.article_id == article.pk
        number = numbers.get(claim.pk, 0)
        words = (claim.statement or claim.exact)[:200]
        says = (
            _("Another appearance of claim {number}").format(number=number)
            if number
            else _("Also said in a claim: {words}").format(words=words)
        )
        address = f"?claim={claim.pk}"
        if not is_here:
            says = _("{says} – in {headline}").format(says=says, headline=claim.article.headline)
            address = reverse("workbench", args=[claim.article_id]) + address
        place = (claim.pk, row.start, row.end, number)
        found.append(Mark(*place, "mention", "", says, address, is_mention=True, is_here=is_here))
    return found


def _shown(items: Sequence[Item], show: str) -> list[Item]:
    live = [item for item in items if item.status in LIVE]
    if show == "candidates":
        return [item for item in live if item.status == Status.CANDIDATE]
    if show == "open":
        return [item for item in live if item.status not in _DECIDED | {Status.CANDIDATE}]
    if show == "mine":
        return [item for item in live if item.is_mine and item.status not in _DECIDED]
    if show == "decided":
        return [item for item in live if item.status in _DECIDED]
    if show == "dismissed":
        return [item for item in items if item.status not in LIVE]
    return live


def _summary(live: Sequence[Item], scales: Scales) -> tuple[tuple[tuple[str, str, int], ...], str]:
    """The bar in parts and the same in words: what is decided first, what is a candidate last."""
    order = [
        *(("rating", code) for code in scales.looks),
        ("tone", "plain"),
        ("tone", "warn"),
        ("tone", "work"),
    ]
    counts = dict.fromkeys([*order, ("tone", "candidate")], 0)
    words: dict[str, int] = {}
    for item in live:
        counts[item.attribute, item.value] += 1
        words[item.says] = words.get(item.says, 0) + 1
    told = ", ".join(f"{count} {inside(says)}" for says, count in words.items())
    count = ngettext("{n} claim", "{n} claims", len(live)).format(n=len(live))
    parts = tuple((attribute, value, count) for (attribute, value), count in counts.items())
    return parts, f"{count}{': ' if told else ''}{told}"


def first_candidate(article: Article) -> int | None:
    """Where sorting goes on after many were sorted at once; None when all proposals are."""
    waiting = Claim.objects.put_forward().filter(article=article, status=Status.CANDIDATE)
    return waiting.in_order().values_list("pk", flat=True).first()


def next_candidate(claim: Claim) -> int | None:
    """The candidate that stands next in the text, or else the first one; None when all are sorted.

    After one of the sample comes the next of the sample, after a proposal the next proposal.
    """
    alike = Claim.objects.filter(article_id=claim.article_id, is_sample=claim.is_sample)
    waiting = alike.filter(status=Status.CANDIDATE).exclude(pk=claim.pk)
    after = waiting.filter(start__gte=claim.start).in_order().values_list("pk", flat=True).first()
    return after or waiting.in_order().values_list("pk", flat=True).first()
