# Everything that one does with a checkout. It needs Python 3.11, make and git.
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
# Written last, removed first: an interrupted installation leaves none, and the next run starts from an empty venv.
RUNTIME := $(VENV)/.installed-runtime
DEV := $(VENV)/.installed-dev
MYSQL_URL ?= mysql://root@127.0.0.1:3306/examhall
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/examhall
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run bench chaos chaos-short test test-all test-sqlite test-mysql test-postgres lint types contracts migrations requirements clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: $(RUNTIME) ## serve at PORT (8000) on HOST (127.0.0.1), with demo data when the database is empty
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo --port $(PORT)
	@exec $(BIN)/python manage.py serve --host $(HOST) --port $(PORT)

test: test-sqlite ## run every test on SQLite

test-all: test-sqlite test-mysql test-postgres ## run every test on SQLite, MariaDB and PostgreSQL

test-sqlite: $(DEV)
	env -u DATABASE_URL $(PYTEST)

test-mysql: $(DEV) ## run every test on MariaDB (MYSQL_URL)
	DATABASE_URL=$(MYSQL_URL) $(PYTEST)

test-postgres: $(DEV) ## run every test on PostgreSQL (POSTGRES_URL)
	DATABASE_URL=$(POSTGRES_URL) $(PYTEST)

bench: $(RUNTIME) ## measure the server on every database that is here (ARGS="--quick", "--write", …: bench/README.md)
	@command -v wrk >/dev/null || { apt-get update && apt-get install --yes --no-install-recommends wrk; } >/dev/null || \
	  { echo "make bench needs the load generator wrk (Debian and Ubuntu: apt-get install wrk)." >&2; exit 1; }
	@MYSQL_URL=$(MYSQL_URL) POSTGRES_URL=$(POSTGRES_URL) $(BIN)/python -m bench $(ARGS)

chaos: $(DEV) ## break the server in every way and look for lost answers (10 minutes; ARGS="--write", …: docs/operations/durability-tests.md)
	@ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || \
	  { apt-get update && apt-get install --yes --no-install-recommends libfaketime; } >/dev/null || \
	  { echo "make chaos needs libfaketime (Debian and Ubuntu: apt-get install libfaketime)." >&2; exit 1; }
	@$(BIN)/python -m tests.chaos $(ARGS)

chaos-short: $(DEV) ## the same in two minutes, with fewer faults
	@$(BIN)/python -m tests.chaos --short $(ARGS)

lint: $(DEV) contracts ## look for mistakes, format and broken layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check

contracts: $(DEV) ## check that imports go down only
	$(BIN)/lint-imports

types: $(DEV) ## check the types
	$(BIN)/mypy

migrations: $(DEV) ## check that no migration is missing
	$(BIN)/python manage.py makemigrations --check --dry-run

# Pins are made on purpose only; what is pinned stays until somebody runs this.
requirements: $(DEV) ## pin the newest allowed versions of all requirements
	cd requirements && for set in runtime dev; do \
	  env -u PIP_FIND_LINKS -u UV_FIND_LINKS ../$(BIN)/uv pip compile --quiet --no-config --upgrade --universal \
	    --python-version 3.11 --generate-hashes --no-header --no-emit-find-links --output-file $$set.txt $$set.in; \
	done

clean: ## remove the virtual environment and the caches; the data in var/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements/runtime.txt
	@sh requirements/install.sh $(VENV) runtime

$(DEV): requirements/dev.txt
	@sh requirements/install.sh $(VENV) dev
