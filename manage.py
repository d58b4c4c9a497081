#!/usr/bin/env python
"""Every command of the product. In the embedded default the servers are started for the command if need be."""

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

        attach()
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)


if __name__ == "__main__":
    main(sys.argv)
