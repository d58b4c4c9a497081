"""How long queue, claims list, search and "next claim" take on a desk with many claims, in a database made for it.

DJANGO_SETTINGS_MODULE=… is not needed: it uses the data folder of FACTCHECK_DATA_DIR, which must be running and empty.
python bench/queue_cost.py --claims 20000
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

WORDS = (
    "council bridge harbour tram budget minister school water energy price tax border hospital police election road"
    " train soldier refugee climate forest river factory bank union strike court museum market station airport"
).split()
STATES = ["CANDIDATE"] * 5 + ["ACCEPTED"] * 3


def fill(claims: int) -> Any:
    """A desk with so many claims, forty an article, half of the accepted ones with a verdict. Straight into tables."""
    from django.db import connection
    from django.utils import timezone

    from annotations.articles.models import Article, ArticleVersion
    from annotations.claims.models import Claim
    from annotations.jobs.models import Job
    from annotations.people.roles import Role
    from annotations.people.services import enrol_person, open_workspace
    from annotations.verdicts.models import Verdict

    draw = random.Random(7)
    desk = open_workspace(name="Bench desk", slug="bench-desk")
    people = [
        enrol_person(
            workspace=desk, username=f"bench{n}", name=f"Person {n}", password="a bench password", role=role
        ).user
        for n, role in enumerate([Role.EDITOR, *[Role.REVIEWER] * 7])
    ]
    if Claim.objects.filter(workspace=desk).exists():
        return desk, people
    now = timezone.now()
    for number in range(claims // 40):
        sentences = [
            f"The {draw.choice(WORDS)} {draw.choice(WORDS)} cost {draw.randint(2, 900)} million in {2000 + n}"
            f" and {draw.choice(WORDS)} rose, claim {number}-{n} says."
            for n in range(40)
        ]
        text = " ".join(sentences)
        job = Job.objects.create(
            workspace=desk, kind="EXTRACT_CLAIMS", key=f"b{number}", state="DONE", not_before=now
        )
        article = Article.objects.create(
            workspace=desk,
            title=f"Article {number} on the {draw.choice(WORDS)}",
            opening=text[:80],
            outlet=f"Outlet {number % 23}",
            language="en",
            priority=draw.choice([1, 2, 2, 2, 3, 4]),
            due_at=now if draw.random() < 0.2 else None,
        )
        version = ArticleVersion.objects.create(
            workspace=desk,
            article=article,
            number=1,
            text=text,
            sha256=f"{number:064d}",
            length=len(text),
            extraction=job,
        )
        at, made = 0, []
        for sentence in sentences:
            status = draw.choice(STATES)
            made.append(
                Claim(
                    workspace=desk,
                    article=article,
                    article_version=version,
                    start=at,
                    end=at + len(sentence),
                    exact=sentence,
                    statement=sentence,
                    status=status,
                    moved_at=now,
                    claimant=f"Speaker {draw.randint(1, 400)}",
                    reviewer=draw.choice(people) if status == "ACCEPTED" else None,
                    type=draw.choice(Claim.Type.values),
                )
            )
            at += len(sentence) + 1
        made = Claim.objects.bulk_create(made)
        Verdict.objects.bulk_create(
            Verdict(
                workspace=desk,
                claim=claim,
                number=1,
                author=claim.reviewer,
                rating=draw.choice(["true", "false", "half_true"]),
                qualifiers=draw.sample(["exaggerated", "stale_figure", "missing_context"], 1),
                reasons="The records say so [1].",
            )
            for claim in made
            if claim.status == "ACCEPTED" and draw.random() < 0.5
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return desk, people


def timed(name: str, work: Callable[[], Any], times: int = 5) -> None:
    from django.db import connection, reset_queries

    took = []
    for _ in range(times):
        reset_queries()
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    print(f"{name:46} {sorted(took)[len(took) // 2] * 1000:7.0f} ms  {len(connection.queries):3d} queries")
    if os.environ.get("SLOW"):
        for query in sorted(connection.queries, key=lambda one: -float(one["time"]))[:3]:
            print("     ", query["time"], query["sql"][:900])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000)
    asked = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings

    settings.DEBUG = True
    from annotations.claims.services.taking import take_next_claim
    from annotations.screens.claim_list import claim_list
    from annotations.screens.filters import Filter
    from annotations.screens.queue import queue
    from annotations.screens.search import search

    start = time.perf_counter()
    desk, people = fill(asked.claims)
    print(f"filled in {time.perf_counter() - start:.0f} s")
    person = people[1]
    for filter_ in (Filter(), Filter(show="mine"), Filter(sort="newest"), Filter(q="harbour")):
        timed(f"queue {filter_.query()}", lambda f=filter_: queue(desk=desk, person=person, asked=f))
    for filter_ in (Filter(), Filter(show="mine"), Filter(q="harbour tram")):
        timed(f"claims {filter_.query()}", lambda f=filter_: claim_list(desk=desk, person=person, asked=f))
    for filter_ in (
        Filter(),
        Filter(q="harbour tram"),
        Filter(q="million"),
        Filter(q="harb", rating="false"),
    ):
        timed(f"search {filter_.query()}", lambda f=filter_: search(desk=desk, person=person, asked=f))
    timed("next claim", lambda: take_next_claim(workspace=desk, by=person))


if __name__ == "__main__":
    main()
