# Bankhall: `make demo` and `make test` each work as the only command on a fresh clone.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
LOCKFLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
# uv does not read pip's settings: hand a mirror over.
MIRROR := $(or $(UV_DEFAULT_INDEX),$(PIP_INDEX_URL),$(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null))
UV := $(if $(MIRROR),UV_DEFAULT_INDEX=$(MIRROR)) $(BIN)/uv
INSTALL := $(UV) pip install -q --python $(BIN)/python --require-hashes -c requirements.lock -r pyproject.toml

.PHONY: help demo demo-check test check fix browser bench lock docs

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/.base: requirements.lock bootstrap.lock pyproject.toml $(wildcard src/bankhall/locale/*/LC_MESSAGES/django.po)
	@$(PYTHON) tools/space.py 3
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --require-hashes -r bootstrap.lock
	@$(INSTALL) --group build
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.develop: .venv/.base
	@$(INSTALL) --extra postgres --group build --group test --group dev --group oracles
	@touch $@

demo: .venv/.base  ## set up, build the demo bank, plan its week, serve (PORT=8000)
	@$(BIN)/bankhall demo --port $(PORT)

demo-check: .venv/.base  ## the same, ask every page once in both languages, and end
	@$(BIN)/bankhall demo --port $(PORT) --check

test: .venv/.develop  ## all tests, the ones on PostgreSQL and in the browser too
	@$(BIN)/python -m pytest

check: .venv/.develop  ## format, lint, types, contracts, sizes, migrations, translations, docs
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/lint-imports > /dev/null || $(BIN)/lint-imports
	@$(BIN)/python tools/sizes.py
	@$(BIN)/python tools/locks.py
	@$(BIN)/python -m bankhall.config.manage makemigrations --check --dry-run
	@$(BIN)/python tools/translations.py --check
	@$(BIN)/python tools/reference.py --check
	@$(BIN)/mypy --no-error-summary

fix: .venv/.develop  ## format, sort, extract translations, write the generated docs
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .
	@$(BIN)/python tools/translations.py
	@$(BIN)/python tools/reference.py

browser: .venv/.develop  ## only the tests in a real Chromium
	@$(BIN)/python -m pytest -m browser

bench: .venv/.develop  ## ratios against peers, measured in the same run
	@$(BIN)/python -m benchmarks

lock: .venv/.base  ## compile the locks anew
	@$(UV) pip compile pyproject.toml $(LOCKFLAGS) --extra postgres --group build --group test --group dev \
	  --group oracles --group bench -o requirements.lock -q --upgrade
