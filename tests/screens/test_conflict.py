"""Two versions of one thing, field by field."""

from __future__ import annotations

from annotations.desks.scale import Scales
from annotations.screens.conflict import differing, in_words


def test_only_fields_that_differ_are_shown_with_what_differs_marked():
    theirs = {"reasons": "Over 12,000.\nSo.", "qualifiers": ["exaggerated"], "gaps": "", "rating": "false"}
    yours = {"reasons": "Over 11,000.\r\nSo.", "qualifiers": [], "gaps": "", "rating": "true"}

    fields = {field.name: field for field in differing(theirs, yours, Scales())}

    assert list(fields) == ["reasons", "qualifiers", "rating"]
    assert [part.text for part in fields["reasons"].theirs if part.differs] == ["12"]
    assert "".join(part.text for part in fields["rating"].yours) == "True"
    assert (fields["qualifiers"].theirs_value, fields["qualifiers"].yours_value) == ('["exaggerated"]', "[]")


def test_a_text_that_only_ends_its_lines_otherwise_does_not_differ():
    assert differing({"reasons": "a\nb"}, {"reasons": "a\r\nb "}, Scales()) == ()


def test_a_figure_is_said_in_words():
    row = {"comparator": "between", "value": "5", "high": "7", "unit": "men", "per": "day", "as_of": "2025"}

    assert in_words(row) == "between 5 and 7 men per day, as of 2025"
