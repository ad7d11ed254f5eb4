# Zhiyu 知育. `make` alone lists what can be asked for.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export PORT ?= 8000

PY := .venv/bin/python
DONE := .venv/done
SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -path frontend/tests -prune -o -type f -print)
DOCUMENTS := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai

.PHONY: help run test setup check static-check fast-check format docs bench lock clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## start the site with the demonstration province on http://127.0.0.1:8000 (PORT=… for another)
	@$(or $(wildcard $(PY)),python3) scripts/serve.py --check-port $(PORT)
	@$(MAKE) --silent $(DONE)/run frontend/dist/index.html
	@DEMONSTRATION=true $(PY) scripts/serve.py $(PORT)

test: $(DONE)/test frontend/dist/index.html ## run every test: Python on SQLite and PostgreSQL, front end, browser
	@$(PY) scripts/run_tests.py

setup: $(DONE)/test frontend/dist/index.html ## install all that running, testing and checking needs

check: $(DONE)/test $(DONE)/node ## style, types, import contracts, migrations, API drift, rulebooks, unit tests
	@scripts/check.sh full

static-check: $(DONE)/test $(DONE)/node ## check without the unit tests
	@scripts/check.sh static

fast-check: $(DONE)/test $(DONE)/node ## the quick half of check, as pre-commit runs it
	@scripts/check.sh fast

format: $(DONE)/test ## put the Python code in its standard form
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .

docs: $(DONE)/test $(DONE)/node ## write what is generated: OpenAPI document, typed client, rulebooks as tables
	@$(PY) scripts/write_docs.py

bench: .venv-bench/done ## measure scoring beside optbinning, scikit-learn and memory: check, ratios, table, JSON
	@.venv-bench/bin/python -m benchmarks $(BENCH_FLAGS)

lock: $(DONE)/run ## lock requirements*.in with hashes (LOCK_FLAGS=--upgrade for newer versions)
	@scripts/lock.sh $(LOCK_FLAGS)

clean: ## remove what was built; the data in var/ stays
	rm -rf .venv .venv-bench frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(DONE)/run: requirements.txt
	@scripts/system.sh $(DOCUMENTS)
	@scripts/python.sh requirements.txt
	@mkdir -p $(DONE) && touch $@

$(DONE)/test: requirements-dev.txt $(DONE)/run
	@scripts/system.sh chromium poppler-utils qpdf
	@scripts/python.sh requirements-dev.txt
	@touch $@

.venv-bench/done: requirements-bench.txt
	@scripts/python.sh requirements-bench.txt .venv-bench
	@touch $@

$(DONE)/node: frontend/package-lock.json
	@scripts/node.sh ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(DONE) && touch $@

frontend/dist/index.html: $(DONE)/node $(SOURCES)
	@scripts/node.sh run --silent build -- --logLevel warn
	@touch $@
