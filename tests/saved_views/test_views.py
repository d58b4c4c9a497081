"""Saved views: one's own and shared ones, kept under a name, removed and put back."""

from __future__ import annotations

import pytest

from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.saved_views.models import SavedView
from annotations.saved_views.queries import default_query, views_of
from annotations.saved_views.services import (
    MOST,
    change_view,
    remove_view,
    restore_view,
    save_view,
    set_default_view,
)


@pytest.fixture
def save(workspace, reviewer):
    def saved(name="Late", query="show=overdue", by=reviewer, **more):
        return save_view(workspace=workspace, page="QUEUE", name=name, query=query, by=by, **more)

    return saved


def test_the_same_name_again_is_the_same_view_with_the_new_filter(save):
    first, second = save(), save(name=" LATE ", query="?show=mine")

    assert (first.pk, second.query, second.version) == (second.pk, "show=mine", 2)


def test_others_see_what_is_shared_and_nothing_else(save, workspace, colleague, outsider):
    save()
    shared = save(name="For all", is_shared=True)

    assert views_of(workspace, colleague, "QUEUE") == [shared]
    assert views_of(workspace, outsider, "QUEUE") == []
    assert views_of(workspace, colleague, "SEARCH") == []


def test_a_removed_view_is_gone_and_can_be_put_back(save, workspace, reviewer):
    view = save()

    remove_view(view=view, version=1, by=reviewer)
    gone = views_of(workspace, reviewer, "QUEUE")
    remove_view(view=view, version=1, by=reviewer)
    restore_view(view=view, version=view.version, by=reviewer)

    assert gone == []
    assert views_of(workspace, reviewer, "QUEUE") == [view]


def test_a_view_whose_name_was_taken_meanwhile_is_not_put_back_over_it(save, reviewer):
    view = save()
    remove_view(view=view, version=1, by=reviewer)
    save()

    with pytest.raises(IllegalMove, match="has this name"):
        restore_view(view=view, version=view.version, by=reviewer)


def test_two_change_a_view_and_the_second_sees_both(save, reviewer, editor):
    view = save(is_shared=True)
    change_view(view=SavedView.objects.get(pk=view.pk), version=1, name="Very late", by=editor)

    with pytest.raises(Stale) as stale:
        change_view(view=view, version=1, name="Too late", by=reviewer)

    assert (stale.value.current, stale.value.yours) == ({"name": "Very late"}, {"name": "Too late"})


def test_one_view_opens_first_and_only_ones_own(save, workspace, reviewer, editor):
    first, second = save(), save(name="Mine", query="show=mine", is_shared=True)

    set_default_view(view=first, version=1, is_default=True, by=reviewer)
    set_default_view(view=second, version=1, is_default=True, by=reviewer)

    assert default_query(workspace, reviewer, "QUEUE") == "show=mine"
    assert default_query(workspace, editor, "QUEUE") == ""
    with pytest.raises(IllegalMove, match="of your own"):
        set_default_view(view=second, version=second.version, is_default=True, by=editor)


def test_names_and_pages_that_cannot_be_are_refused(save, workspace, reviewer):
    for wrong in ({"name": " "}, {"name": "x" * 61}, {"name": "a\x00b"}, {"query": "q=" + "x" * 1500}):
        with pytest.raises(Incomplete):
            save(**wrong)
    with pytest.raises(Incomplete):
        save_view(workspace=workspace, page="ELSEWHERE", name="x", query="", by=reviewer)


def test_nobody_hoards(save):
    for number in range(MOST):
        save(name=f"View {number}")

    with pytest.raises(IllegalMove, match="Remove one first"):
        save(name="One more")
