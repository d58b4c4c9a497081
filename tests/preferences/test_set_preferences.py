from __future__ import annotations

import pytest

from annotations.preferences.models import Preference
from annotations.preferences.queries import preference_of
from annotations.preferences.services import set_preferences
from annotations.refusals import Incomplete, Stale


def save(person, version=0, **values):
    wanted = {"keys": {}, "mode": "SINGLE", "after_accepting": "NEXT"} | values
    return set_preferences(person=person, by=person, version=version, **wanted)


def test_nobody_has_to_say_anything(reviewer):
    has = preference_of(reviewer)

    assert (has.keys, has.mode, has.after_accepting, has.version) == ({}, "SINGLE", "NEXT", 0)


def test_what_one_likes_is_kept_for_oneself(reviewer, colleague):
    save(reviewer, keys={"a": "q", "j": "j"}, mode="ALT", after_accepting="STAY")

    has = preference_of(reviewer)
    assert (has.keys, has.mode, has.after_accepting, has.version) == ({"a": "q"}, "ALT", "STAY", 1)
    assert preference_of(colleague).keys == {}


def test_it_can_be_changed_and_set_back(reviewer):
    first = save(reviewer, keys={"a": "q"})
    save(reviewer, version=first.version)

    assert preference_of(reviewer).keys == {}
    assert Preference.objects.count() == 1


def test_keys_that_clash_are_refused_by_field(reviewer):
    with pytest.raises(Incomplete) as refused:
        save(reviewer, keys={"x": "a"}, mode="SHOUTED", after_accepting="")

    assert set(refused.value.problems) == {"x", "mode", "after_accepting"}


@pytest.mark.parametrize("version", [0, 2])
def test_another_window_that_was_faster_is_not_overwritten(reviewer, version):
    save(reviewer, keys={"a": "q"})

    with pytest.raises(Stale) as refused:
        save(reviewer, version=version, keys={"a": "y"})

    assert refused.value.current["keys"] == {"a": "q"}
    assert refused.value.version == 1
