# Everything a person needs: a bare Debian 12 with git, make and python3 is enough.
PYTHON3 ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Both processors; a browser and the full figures want the machine to themselves.
BOTH := -n 2
ON_POSTGRESQL := $(BIN)/python -m tests.on_postgresql $(PYTEST)
# What reads and writes the database runs on PostgreSQL too. Documents, methods, hostile files and the look do not.
ROOMS := $(filter-out tests/documents tests/methods tests/hostile tests/ui tests/browser tests/set_up tests/__pycache__, \
	$(patsubst %/,%,$(wildcard tests/*/)))

.PHONY: help setup run test soak bench lint
.DEFAULT_GOAL := help

help:  ## print what each command does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */make \1\t/' | expand -t 14

setup:  ## put everything in place that running needs; what is there already is left alone
	@$(PYTHON3) tools/setup.py

run: setup  ## set up, build the worked example once, and serve http://localhost:8000
	@$(BIN)/throughline migrate
	@$(BIN)/throughline example
	@$(BIN)/throughline serve

test: setup-test lint  ## the checks of every commit, on SQLite and PostgreSQL and in a browser (half an hour on two processors)
	$(PYTEST) $(BOTH) -m "not soak and not browser"
	$(ON_POSTGRESQL) $(BOTH) -m "not soak and not browser" $(ROOMS)
	@# File by file: a process that runs browser tests has a server of its own.
	$(PYTEST) $(BOTH) --dist loadfile -m "browser and not soak" tests/browser tests/partners tests/ui

soak: setup-test  ## the full figures, printed (at most 60 minutes)
	$(PYTEST) -m "soak and not browser" -s
	$(PYTEST) -m "soak and browser" -s tests/browser
	$(ON_POSTGRESQL) -m soak -s $(ROOMS)
	$(BIN)/python -m tests.on_postgresql --debian $(PYTEST) $(BOTH) -m "not soak and not browser" $(ROOMS)

bench: setup-test  ## measure side by side with other ways of doing the same
	$(BIN)/python -m benchmarks

lint: setup-test  ## style, types and which way imports run
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src
	$(BIN)/lint-imports

.PHONY: setup-test
setup-test:
	@$(PYTHON3) tools/setup.py --test
