#!/usr/bin/env python
"""Every command of the product. The embedded servers are started for it if it needs them."""

from __future__ import annotations

import os
import sys

# They touch no database, so they start no server either.
WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "find_claims",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "spectacular",
    "version",
}


def main(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    asks_for_help = not argv[1:] or bool({"-h", "--help", "--version"} & set(argv[1:]))
    if not asks_for_help and argv[1] not in WITHOUT_SERVERS:
        from factcheck.embedded.attach import attach
        from factcheck.embedded.places import CannotStart

        try:
            attach()
        except CannotStart as problem:
            sys.exit(str(problem))
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)


if __name__ == "__main__":
    main(sys.argv)
