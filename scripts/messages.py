"""Collects what the pages say, and keeps the translations in step. Run by `make messages`.

Every text of templates and Python that is marked for translation is looked for (templates through Django's own
reader), and each `locale/*/LC_MESSAGES/django.po` gets what is new, untranslated, and loses what nobody says any more.
The compiled `.mo` beside it is what the product reads.
"""

from __future__ import annotations

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
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def said() -> Catalog:
    """All texts marked for translation, with the files that hold them."""
    catalog = Catalog(charset="utf-8")
    for file, code in _sources():
        for _, function, words, comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
            parts = words if isinstance(words, tuple) else (words,)
            context, parts = (parts[0], parts[1:]) if function.startswith("pgettext") else (None, parts)
            known = [part for part in parts if part]
            if known:
                message = known[0] if len(known) == 1 else (known[0], known[1])
                catalog.add(message, locations=[(str(file), 0)], auto_comments=comments, context=context)
    return catalog


def _sources() -> Iterator[tuple[Path, str]]:
    for folder, pattern in (("templates", "*.html"), ("annotations", "*.py"), ("factcheck", "*.py")):
        for file in sorted((PROJECT / folder).rglob(pattern)):
            code = file.read_text()
            yield file.relative_to(PROJECT), templatize(code) if pattern == "*.html" else code


def translated(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=po.parent.parent.name)


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> None:
    from django.conf import settings

    settings.configure(USE_I18N=True)
    template = said()
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        catalog = translated(po)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        with po.open("wb") as file:
            write_po(file, catalog, width=110, sort_by_file=True, omit_header=False, include_lineno=False)
        po.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = sum(1 for message in catalog if message.id and not message.string)
        sys.stdout.write(f"{po.relative_to(PROJECT)}: {len(catalog)} texts, {missing} not translated\n")


if __name__ == "__main__":
    main()
