"""Practice: answers compared at once, private to the person, and nothing of it anywhere else."""

from __future__ import annotations

import json

import pytest
from django.apps import apps

from annotations.audit.models import AuditEntry
from annotations.practice.lesson import Answered, compared, lesson_from, summed_up
from annotations.practice.models import PracticeAnswer, PracticeRun
from annotations.practice.queries import answers_of, lessons, newest_run
from annotations.practice.services import answer_item, finish_run, mark_words, start_run
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from annotations.screens.practice import practice
from tests import factories

LESSON = lessons()[0]
WORTH = next(one for one in LESSON.gold if one.is_worth and one.is_proposed)
OPINION = next(one for one in LESSON.gold if one.reason == "OPINION")
MISSED = next(one for one in LESSON.gold if not one.is_proposed)


def at(run, gold):
    return PracticeAnswer.objects.get(run=run, start=gold.start, end=gold.end)


def answer(run, gold, by, **given):
    item = at(run, gold)
    return answer_item(item=item, version=item.version, by=by, **given)


def mark(run, gold, by):
    return mark_words(run=run, lesson=LESSON, start=gold.start, end=gold.end, exact=gold.exact, by=by)


def test_the_lesson_has_answers_of_every_kind():
    assert len(LESSON.gold) >= 8
    assert all(LESSON.text[one.start : one.end] == one.exact for one in LESSON.gold)
    assert all(
        one.why and (one.rating and one.records if one.is_worth else one.reason) for one in LESSON.gold
    )
    assert sum(not one.is_worth for one in LESSON.gold) >= 3
    assert sum(not one.is_proposed for one in LESSON.gold) >= 3


def test_a_lesson_whose_answers_do_not_stand_in_its_text_is_refused():
    with pytest.raises(ValueError, match="does not stand"):
        lesson_from({"slug": "x", "title": "", "outlet": "", "note": "", "text": "One.", "gold": [
            {"exact": "Two.", "is_worth": True, "why": "", "is_proposed": True}]})  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "decision", "reason", "rating", "is_right", "same_reason", "same_rating"),
    [
        (WORTH, "ACCEPTED", "", "", True, None, None),
        (WORTH, "ACCEPTED", "", WORTH.rating, True, None, True),
        (WORTH, "ACCEPTED", "", "satire", True, None, False),
        (WORTH, "DISMISSED", "TRIVIAL", "", False, None, None),
        (OPINION, "DISMISSED", "OPINION", "", True, True, None),
        (OPINION, "DISMISSED", "TRIVIAL", "", True, False, None),
        (OPINION, "ACCEPTED", "", "true", False, None, None),
    ],
)
def test_an_answer_is_compared_with_the_right_one(
    gold, decision, reason, rating, is_right, same_reason, same_rating
):
    found = compared(LESSON, Answered(gold.start, gold.end, decision, reason, rating))

    assert (found.gold, found.is_right) == (gold, is_right)
    assert (found.is_reason_right, found.is_rating_right) == (same_reason, same_rating)


def test_a_span_a_word_too_long_is_the_same_claim_and_another_place_is_none():
    longer = compared(LESSON, Answered(MISSED.start, MISSED.end + 4, "ACCEPTED", "", ""))
    elsewhere = compared(LESSON, Answered(0, 3, "ACCEPTED", "", ""))

    assert longer.gold == MISSED and longer.is_right
    assert elsewhere.gold is None and not elsewhere.is_right
    assert compared(LESSON, Answered(0, 3, "", "", "")) is None


def test_a_summary_counts_found_missed_and_wrong():
    worth = [one for one in LESSON.gold if one.is_worth]
    right = [Answered(one.start, one.end, "ACCEPTED", "", one.rating) for one in worth[:2]]
    wrong = [Answered(OPINION.start, OPINION.end, "ACCEPTED", "", "true"), Answered(0, 3, "ACCEPTED", "", "")]

    found = summed_up(LESSON, [*right, *wrong])

    assert (found.found, found.to_find, found.wrong) == (2, len(worth), 2)
    assert (found.rated, found.rated_right) == (2, 2)
    assert found.missed == tuple(worth[2:])


def test_a_run_begins_with_what_is_proposed_and_is_gone_on_with(reviewer):
    run = start_run(lesson=LESSON, by=reviewer)
    answer(run, WORTH, reviewer, decision="ACCEPTED", rating=WORTH.rating)

    assert start_run(lesson=LESSON, by=reviewer) == run
    proposed = [(one.start, one.end) for one in LESSON.gold if one.is_proposed]
    assert sorted(proposed) == sorted((one.start, one.end) for one in answers_of(run))
    assert at(run, WORTH).rating == WORTH.rating


def test_one_starts_again_with_nothing_decided(reviewer):
    run = start_run(lesson=LESSON, by=reviewer)
    answer(run, OPINION, reviewer, decision="DISMISSED", reason="OPINION")
    mark(run, MISSED, reviewer)
    finish_run(run=run, by=reviewer)
    finish_run(run=run, by=reviewer)
    with pytest.raises(IllegalMove, match="finished"):
        answer(run, WORTH, reviewer, decision="ACCEPTED")

    again = start_run(lesson=LESSON, by=reviewer)

    assert again.number == 2
    assert {one.decision for one in answers_of(again)} == {""}
    assert newest_run(reviewer, LESSON) == again


def test_an_answer_is_taken_back(reviewer):
    run = start_run(lesson=LESSON, by=reviewer)
    answer(run, OPINION, reviewer, decision="DISMISSED", reason="OPINION")

    item = answer(run, OPINION, reviewer, decision="")

    assert (item.decision, item.reason, item.version) == ("", "", 3)


def test_two_windows_are_told_of_each_other(reviewer):
    run = start_run(lesson=LESSON, by=reviewer)
    item = at(run, OPINION)
    answer_item(item=item, version=1, decision="DISMISSED", reason="OPINION", by=reviewer)

    with pytest.raises(Stale, match="another window"):
        answer_item(item=item, version=1, decision="ACCEPTED", by=reviewer)

    assert answer_item(item=item, version=1, decision="DISMISSED", reason="OPINION", by=reviewer).version == 2


@pytest.mark.parametrize(
    "given", [{"decision": "MAYBE"}, {"decision": "DISMISSED"}, {"decision": "DISMISSED", "reason": "x"},
              {"decision": "ACCEPTED", "rating": "x"}, {"decision": "\x00"}],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(reviewer, given):
    run = start_run(lesson=LESSON, by=reviewer)

    with pytest.raises(Incomplete):
        answer(run, WORTH, reviewer, **given)


@pytest.mark.parametrize(
    ("start", "end", "exact"), [(0, 3, "not"), (5, 5, ""), (-1, 2, "x"), (0, 10**6, "x")]
)
def test_words_that_do_not_stand_there_are_no_claim(reviewer, start, end, exact):
    run = start_run(lesson=LESSON, by=reviewer)

    with pytest.raises(Incomplete):
        mark_words(run=run, lesson=LESSON, start=start, end=end, exact=exact, by=reviewer)


def test_marked_twice_it_is_one(reviewer):
    run = start_run(lesson=LESSON, by=reviewer)

    assert mark(run, MISSED, reviewer) == mark(run, MISSED, reviewer)


def test_nobody_else_sees_it_not_even_an_admin(reviewer, admin):
    run = start_run(lesson=LESSON, by=reviewer)

    assert not PracticeRun.objects.visible_to(admin).exists()
    for step in (
        lambda: finish_run(run=run, by=admin),
        lambda: mark(run, MISSED, admin),
        lambda: answer(run, WORTH, admin, decision="ACCEPTED"),
    ):
        with pytest.raises(NotAllowed, match="somebody else"):
            step()
    assert practice(lesson=LESSON, person=admin).run is None


def everything_else():
    """How many rows every table has that is not practice's own."""
    own = {"PracticeRun", "PracticeAnswer", "AuditEntry", "AuditHead"}
    models = apps.get_app_config("annotations").get_models()
    return {model.__name__: model._default_manager.count() for model in models if model.__name__ not in own}


def test_nothing_of_it_reaches_the_desk_by_any_door(
    workspace, article, reviewer, colleague, editor, log_in, api_of
):
    factories.published(article, reviewer, colleague, editor, "12,000")
    client, caller = log_in(editor), api_of(editor)
    doors = (
        *("/", "/?show=mine", "/next/", "/checked/", "/checked/?q=Sandholm", "/reports/", "/insights/"),
        *("/checked/claims.csv", "/checked/claims.json", "/insights/figures.csv", "/insights/labels.jsonl"),
        *("/insights/ratings.csv", "/insights/pace.csv", "/insights/ages.csv", "/insights/agreement.csv"),
        *("/insights/dismissed.csv", "/insights/changes.csv", "/insights/claims/?figure=ages", "/earlier/"),
    )
    resources = (
        *("articles", "claims", "sources", "reports", "publications", "insights", "insights/outcomes"),
        *("insights/labels.jsonl", "publications/claims.csv", "publications/claims.json", "outside-checks"),
    )

    def told():
        answers = [client.get(door) for door in doors] + [
            caller.get(f"/api/v1/{where}") for where in resources
        ]
        return [b"".join(one.streaming_content) if one.streaming else one.content for one in answers]

    before, rows = told(), everything_else()
    chain = AuditEntry.objects.filter(workspace_id=workspace.pk).count()
    for person in (reviewer, editor):
        run = start_run(lesson=LESSON, by=person)
        for gold in LESSON.gold:
            if gold.is_proposed and gold.is_worth:
                answer(run, gold, person, decision="ACCEPTED", rating=gold.rating)
            elif gold.is_proposed:
                answer(run, gold, person, decision="DISMISSED", reason=gold.reason)
            else:
                mark(run, gold, person)
        finish_run(run=run, by=person)
    after = told()

    exports = {"Export": everything_else()["Export"]}
    assert everything_else() | exports == rows | exports
    assert not [
        one for one in after if b"Sandholm" in one.replace(b'value="Sandholm"', b"") and b"ferry" in one
    ]
    assert [len(one) for one in after[7:]] == [len(one) for one in before[7:]]
    entries = AuditEntry.objects.filter(workspace_id=workspace.pk).exclude(table_name="annotations_export")
    assert not entries.filter(table_name__startswith="annotations_practice").exists()
    assert chain and "practice" not in json.dumps(list(entries.values_list("verb", flat=True)))


@pytest.fixture
def api_of():
    from knox.models import AuthToken
    from rest_framework.test import APIClient

    def caller(person):
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(person)[1]}")
        return client

    return caller


def test_the_page_asks_a_fixed_number_of_questions(reviewer, django_assert_num_queries):
    run = start_run(lesson=LESSON, by=reviewer)
    for gold in LESSON.gold[:8]:
        if not gold.is_proposed:
            mark(run, gold, reviewer)

    item = at(run, WORTH).pk

    with django_assert_num_queries(2):
        page = practice(lesson=LESSON, person=reviewer, item_id=item)

    words = "".join(piece.text for paragraph in page.paragraphs for piece in paragraph.steps)
    assert words == LESSON.text.replace("\n\n", "")


def test_the_next_one_follows_in_the_text_and_after_the_last_the_first_that_waits(reviewer):
    run = start_run(lesson=LESSON, by=reviewer)
    keys = [one.pk for one in answers_of(run)]

    def leads_to(item):
        found = practice(lesson=LESSON, person=reviewer, item_id=item).next
        return found and found.answer.pk

    assert (leads_to(None), leads_to(keys[0]), leads_to(keys[-1])) == (keys[0], keys[1], keys[0])
