from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotations.jobs.models import Job
from annotations.jobs.services import ask_again, take_job
from annotations.precedents.queries import DESK
from annotations.precedents.services.comparing import compare_desk
from annotations.precedents.services.importing import import_checks
from tests import factories
from tests.precedents.small_model import Words


@pytest.fixture
def claim_saying(workspace: Any, reviewer: Any) -> Callable[..., Any]:
    """A claim that says this, in an article of its own."""

    def make(words: str, **facts: Any) -> Any:
        text = f"{words} That is the whole story number {next(factories._numbers)} of this day."
        return factories.marked(factories.article(workspace, reviewer, text, **facts), words, reviewer)

    return make


@pytest.fixture
def taken_in(workspace: Any, editor: Any) -> Callable[..., Any]:
    """Outside checks, each a claim with further columns, imported as a file would be."""

    def take(*claims: str, **columns: str) -> Any:
        head = ",".join(["claim", *columns])
        rows = [",".join(f'"{cell}"' for cell in (claim, *columns.values())) for claim in claims]
        data = "\n".join([head, *rows, ""]).encode()
        return import_checks(workspace=workspace, data=data, filename="checks.csv", by=editor)

    return take


@pytest.fixture
def compared(workspace: Any) -> Callable[..., Words]:
    """Run the desk's job as a worker would, until nothing is left."""

    def run(model: Words | None = None) -> Words:
        model = model or Words()
        job = ask_again(workspace_id=workspace.pk, kind=Job.Kind.MATCH_CLAIMS, key=DESK)
        for _ in range(10):
            taken = take_job(job_id=job.pk)
            assert taken is not None
            if not compare_desk(job=taken, model=model):
                return model
        raise AssertionError("The work never ends.")

    return run
