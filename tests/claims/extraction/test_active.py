"""Which model is in use: the shipped one, or the last that was taken in, until somebody goes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.claims.extraction.active import (
    SHIPPED,
    NothingBefore,
    active,
    go_back,
    next_version,
    take_in,
)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made" / f"{SHIPPED}-own-1"
    folder.mkdir(parents=True)
    (folder / "card.json").write_text("{}")
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


def test_the_shipped_model_is_in_use_where_nothing_else_was_taken_in(models: Path) -> None:
    assert active(models) == active() == SHIPPED
    with pytest.raises(NothingBefore):
        go_back(models)


def test_a_model_that_was_taken_in_is_in_use_until_the_way_back(made: Path, models: Path) -> None:
    take_in(made, models)

    assert active(models) == made.name
    assert (models / made.name / "card.json").read_text() == "{}"
    assert next_version(models) == f"{SHIPPED}-own-2"
    assert sorted(path.name for path in models.iterdir()) == ["active.txt", made.name]

    assert go_back(models) == active(models) == SHIPPED
    assert (models / made.name).exists()


def test_back_from_the_second_leads_to_the_first(made: Path, models: Path) -> None:
    take_in(made, models)
    second = made.rename(made.with_name(f"{SHIPPED}-own-2"))
    take_in(second, models)

    assert active(models) == second.name
    assert go_back(models) == f"{SHIPPED}-own-1"
    assert go_back(models) == SHIPPED


def test_a_name_that_is_taken_changes_nothing(made: Path, models: Path) -> None:
    take_in(made, models)

    with pytest.raises(OSError):
        take_in(made, models)

    assert go_back(models) == SHIPPED


def test_lines_that_name_no_folder_are_passed_over(models: Path) -> None:
    (models / "active.txt").write_text("../../etc/passwd\n\n")

    assert active(models) == SHIPPED
