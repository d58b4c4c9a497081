# Two commands need nothing else first: `make run` and `make test`. Both set everything up that is missing.
# Paths here are relative and targets are names, never files, so the folder may be called anything.

PYTHON ?= python3
PY := .venv/bin/python
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check screenshots lint format types imports messages migrations-check schema-check lock train clean set-up set-up-test

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

run: set-up ## Run the workbench (PORT=8000, FACTCHECK_DATA_DIR=./var)
	@FACTCHECK_STOP_WITH_PARENT=1 exec $(PY) manage.py up

test: set-up-test ## Run every test, those in a browser too (PYTEST_ARGS="-k word"; SKIP_BROWSER=1 leaves the browser out)
	@$(PY) -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

screenshots: set-up-test ## Take a picture of every page and state into var/screenshots (light, dark, three widths)
	@$(PY) -m pytest -q tests/take_screenshots.py $(PYTEST_ARGS)

check: lint types imports migrations-check schema-check test ## Everything that must hold before a change is kept

lint: set-up-test ## Look for mistakes and unformatted files
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2

format: set-up-test ## Format Python and templates
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .
	@find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

types: set-up-test ## Check types
	@$(PY) -m mypy

imports: set-up-test ## Check who imports whom
	@$(PY) -c "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"

migrations-check: set-up-test ## Is every change of a table in a migration?
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

schema-check: set-up-test ## Does the description of the API hold together?
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py spectacular --validate --fail-on-warn --file /dev/null

messages: set-up-test ## Collect what pages say into locale/*/LC_MESSAGES/django.po, and compile what is translated
	@$(PY) -m scripts.messages

lock: set-up-test ## Pin the newest versions that requirements/*.in allow (UPGRADE=1 to move existing pins)
	@for name in tools dev base embedded train; do \
	  constraint=""; \
	  case $$name in base|embedded) constraint="--constraints requirements/dev.txt";; esac; \
	  $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links $$constraint $(if $(UPGRADE),--upgrade) \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

train: ## Make a new model: DATA=folder BASE=package.whl OUT=folder (needs 2 GB; docs/model.md)
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --require-hashes -r requirements/train.txt
	@.venv-train/bin/python -m annotations.claims.training --data "$(DATA)" --base "$(BASE)" --out "$(OUT)"

clean: ## Remove what set-up made (your data in ./var stays)
	@rm -rf .venv .venv-train .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

set-up:
	@$(PYTHON) scripts/set_up.py run

set-up-test:
	@$(PYTHON) scripts/set_up.py test
