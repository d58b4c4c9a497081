"""Collects what the pages say, and keeps the translations in step. Run by `make messages`.

Every text of templates and Python that is marked for translation is looked for (templates through Django's own
reader), and each `locale/*/LC_MESSAGES/django.po` gets what is new, untranslated, and loses what nobody says any more.
The compiled `.mo` beside it is what the product reads.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
LOCALES = PROJECT / "locale"
_PLACES = (("templates", "*.html"), ("templates", "*.txt"), ("annotations", "*.py"), ("factcheck", "*.py"))
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "lazily": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def said() -> Catalog:
    """All texts marked for translation, with the files that hold them."""
    catalog = Catalog(charset="utf-8")
    for file, code in _sources():
        where = [(str(file), 0)]
        for _line, function, words, comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
            parts = words if isinstance(words, tuple) else (words,)
            context, parts = (parts[0], parts[1:]) if function.startswith("pgettext") else (None, parts)
            known = [part for part in parts if part]
            if known:
                message = known[0] if len(known) == 1 else (known[0], known[1])
                catalog.add(message, locations=where, auto_comments=comments, context=context)
        if file.suffix == ".py":
            for words in _tables(ast.parse(code)):
                catalog.add(words, locations=where)
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}
    return catalog


def _tables(tree: ast.Module) -> Iterator[str]:
    """The words of every `table({code: words})`, under whatever name it was imported."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "annotations.tongue"
        for alias in node.names
        if alias.name == "table"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            for value in node.args[0].values if isinstance(node.args[0], ast.Dict) else ():
                if isinstance(value, ast.Constant) and value.value:
                    yield str(value.value)


def _sources() -> Iterator[tuple[Path, str]]:
    for folder, pattern in (
        ("templates", "*.html"),
        ("templates", "*.txt"),
        ("annotations", "*.py"),
        ("factcheck", "*.py"),
    ):
        for file in sorted((PROJECT / folder).rglob(pattern)):
            code = file.read_text()
            yield file.relative_to(PROJECT), code if file.suffix == ".py" else templatize(code)


def translated(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=po.parent.parent.name)


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _strings(words: Any) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, tuple | list) else (words,)


def main() -> None:
    from django.conf import settings

    settings.configure(USE_I18N=True)
    template = said()
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        catalog = translated(po)
        template.creation_date = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        written = io.BytesIO()
        write_po(written, catalog, width=110, sort_by_file=True, include_lineno=False)
        po.write_bytes(written.getvalue())
        po.with_suffix(".mo").write_bytes(compiled(translated(po)))
        missing = sum(1 for message in catalog if message.id and not all(_strings(message.string)))
        sys.stdout.write(f"{po.relative_to(PROJECT)}: {len(catalog)} texts, {missing} not translated\n")


if __name__ == "__main__":
    main()
