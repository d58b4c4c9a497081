"""Making one piece of a page like another without taking anything out of anybody's hands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

MODULE = Path(__file__).resolve().parent.parent.parent / "assets" / "js" / "lib" / "patch.js"


@pytest.fixture(scope="module")
def tab(one_browser: Any) -> Iterator[Any]:
    context = one_browser.new_context()
    page = context.new_page()
    page.set_content("<main></main>")
    page.evaluate(
        """source => import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})))
            .then(module => { window.lib = module })""",
        MODULE.read_text(),
    )
    yield page
    context.close()


def patched(tab: Any, before: str, after: str, between: str = "") -> str:
    found: str = tab.evaluate(
        """([before, after, between]) => {
            const main = document.querySelector('main');
            main.innerHTML = before;
            new Function('main', between)(main);
            lib.patch(main, lib.parse(after));
            return main.innerHTML;
        }""",
        [before, after, between],
    )
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<p>New</p>"),
        ("<p>Old</p>", ""),
        ('<p class="a">Old</p>', '<p lang="en">New</p>'),
        ("<ol><li data-item='1'>A</li><li data-item='2'>B</li></ol>", '<ol><li data-item="2">B</li></ol>'),
        (
            "<ol><li id='a'>A</li><li id='b'>B</li><li id='c'>C</li></ol>",
            '<ol><li id="c">C</li><li id="a">A!</li><li id="d">D</li><li id="b">B</li></ol>',
        ),
        ("<p>Words <mark>and</mark> more</p>", "<p>Words and <mark>more</mark>.</p>"),
        ("<p>A</p><div>B</div>", "<div>B</div><p>A</p>"),
    ],
)
def test_it_becomes_like_the_other(tab: Any, before: str, after: str) -> None:
    assert patched(tab, before, after) == after


def test_what_stays_keeps_its_node_focus_and_words(tab: Any) -> None:
    patched(
        tab,
        '<p>1 open</p><form id="f"><textarea id="t"></textarea></form>',
        '<p>2 open</p><article id="n">New</article><form id="f"><textarea id="t"></textarea></form>',
        "window.field = main.querySelector('#t'); field.focus(); field.value = 'Half a sent';"
        " field.setSelectionRange(4, 6)",
    )

    kept = tab.evaluate(
        "() => [document.activeElement === field, document.getElementById('t') === field, field.value,"
        " field.selectionStart]"
    )
    assert kept == [True, True, "Half a sent", 4]


def test_a_fold_that_a_reader_opened_stays_open(tab: Any) -> None:
    after = patched(tab, "<details open><p>A</p></details>", "<details><p>B</p></details>")

    assert after == '<details open=""><p>B</p></details>'


def test_what_a_script_put_there_stays(tab: Any) -> None:
    people = '<ul id="l" data-kept=""><li>Jo</li></ul>'
    before = f'<form id="f"><textarea id="t" aria-controls="l"></textarea>{people}</form>'

    after = patched(tab, before, '<form id="f"><textarea id="t" rows="2"></textarea></form>')

    assert after == before.replace('aria-controls="l"', 'aria-controls="l" rows="2"')


def test_what_must_be_left_alone_is_left_alone_and_told(tab: Any) -> None:
    kept = tab.evaluate(
        """() => {
            const main = document.querySelector('main');
            main.innerHTML = '<p id="a">Selected</p><p id="b">Old</p>';
            const wanted = lib.parse('<p id="a">Other</p><p id="b">New</p>');
            const told = lib.patch(main, wanted, {keep: node => node.id === 'a'});
            return [told, main.innerHTML];
        }"""
    )

    assert kept == [True, '<p id="a">Selected</p><p id="b">New</p>']
