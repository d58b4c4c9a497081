"""Editing what a claim says, who said it and when, and which words it stands on."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.articles.queries import current_version
from annotations.claims.services.wording import edit_claim, edit_span, mark_claim
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def test_a_stale_edit_shows_both_texts_and_writes_nothing(claim, reviewer, colleague):
    seen = claim.version
    edit_claim(claim=claim, version=seen, statement="Theirs.", by=colleague)

    with pytest.raises(Stale) as refused:
        edit_claim(claim=claim, version=seen, statement="Mine.", by=reviewer)

    claim.refresh_from_db()
    assert (refused.value.current["statement"], refused.value.yours["statement"]) == ("Theirs.", "Mine.")
    assert claim.statement == "Theirs."


def test_naming_the_claimant_and_the_day_takes_unknown_away(claim, reviewer):
    edit_claim(
        claim=claim, version=claim.version, is_claimant_unknown=True, is_date_unknown=True, by=reviewer
    )

    edit_claim(claim=claim, version=claim.version, claimant="Shea", said_on=date(2025, 1, 8), by=reviewer)

    assert (claim.is_claimant_unknown, claim.is_date_unknown) == (False, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"statement": " "},
        {"statement": "x" * 1001},
        {"claimant": "a\x00b"},
        {"type": "RUMOUR"},
        {"attribution": "SUNG"},
        {"said_on": "yesterday"},
    ],
)
def test_what_cannot_be_right_is_refused_by_field(wrong, claim, reviewer):
    with pytest.raises(Incomplete) as refused:
        edit_claim(claim=claim, version=claim.version, by=reviewer, **wrong)

    assert list(refused.value.problems) == list(wrong)


@pytest.mark.parametrize("field", ["status", "reviewer", "start", "score", "version_"])
def test_nothing_else_is_edited_by_this_way(field, claim, reviewer):
    with pytest.raises(Incomplete):
        edit_claim(claim=claim, version=claim.version, by=reviewer, **{field: 1})


def test_a_span_moves_to_words_that_stand_there_and_keeps_the_wording(claim, article, reviewer):
    text, statement = current_version(article).text, claim.statement
    start = text.index("12,000 North Korean soldiers")

    edit_span(claim=claim, version=claim.version, start=start, end=start + 6, exact="12,000", by=reviewer)

    assert (claim.exact, claim.prefix, claim.statement) == ("12,000", text[start - 32 : start], statement)


def test_a_span_does_not_move_onto_other_words_or_another_claim(claim, article, reviewer):
    other = factories.marked(article, "enhancing its ability to wage war", reviewer)

    with pytest.raises(Incomplete):
        edit_span(claim=claim, version=claim.version, start=0, end=5, exact="South", by=reviewer)
    with pytest.raises(IllegalMove):
        edit_span(
            claim=claim,
            version=claim.version,
            start=other.start,
            end=other.end,
            exact=other.exact,
            by=reviewer,
        )


def test_words_stand_still_once_the_verdict_is_submitted(article, reviewer):
    claim = factories.submitted(article, reviewer, "45,000")

    with pytest.raises(NotAllowed):
        edit_claim(claim=claim, version=claim.version, statement="Other words.", by=reviewer)
    with pytest.raises(NotAllowed):
        edit_span(claim=claim, version=claim.version, start=0, end=5, exact="North", by=reviewer)


@pytest.mark.parametrize("words", ["😀 fell by 5%", "e\u0301tait", "مرحبا بالعالم", "naïve\u200dness"])
def test_positions_count_code_points_in_every_script(words, workspace, reviewer):
    article = factories.article(workspace, reviewer, f"👩‍👩‍👧 said: {words} – and left. That was on Monday.")

    claim = factories.marked(article, words, reviewer)

    text = current_version(article).text
    assert (claim.exact, text[claim.start : claim.end]) == (words, words)


def test_a_version_of_another_article_is_refused(article, workspace, reviewer):
    other = factories.article(workspace, reviewer)

    with pytest.raises(Incomplete):
        mark_claim(
            article=article,
            article_version=current_version(other),
            start=0,
            end=9,
            exact="Paragraph",
            by=reviewer,
        )
