# The commands of the project. `make demo` and `make test` need Python 3.11 or newer with venv, and nothing else.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python site/manage.py
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed

.PHONY: demo test env check bench clean

demo: $(RUNTIME)
	@$(MANAGE) demo --port $(PORT)

env: $(DEV)

test: $(DEV)
	@$(BIN)/python -m tests.run $(ARGS)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy participation/foundation participation/opinion participation/domain participation/queries budgeting/domain budgeting/queries budgeting/counting mapping/domain mapping/queries mapping/spatial mapping/opening_hours learning_events/calendar learning_events/domain learning_events/queries
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING

bench: $(DEV)
	@$(BIN)/python -m pytest tests/benchmarks -m benchmark -q -s -p no:xdist $(ARGS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is missing (found: $$($(PYTHON) --version 2>&1)). Install it, or say where it is: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked requirements (once, a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/runtime.txt || { \
	  echo "The requirements could not be installed: look above for the package, and check the connection to your package index."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Installing what tests and checks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) var
