# Everything below works on a bare python3 (3.11 or later, with venv).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: study test lint fix pictures clean

study: $(VENV)/.installed ## install if needed, then study the shipped decks
	@$(BIN)/flashnotes study

test: lint ## lint, types and tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q

lint: $(VENV)/.tests-installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fix: $(VENV)/.tests-installed ## what the linter can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

pictures: $(VENV)/.installed ## draw the README's pictures anew
	@$(BIN)/python -m docs.pictures

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tests-installed: pyproject.toml $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
