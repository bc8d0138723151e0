# Two commands matter: `make run` and `make test`. Both set up everything they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= data
NPM := npm --prefix client --no-fund --no-audit

.PHONY: run test check bench hall bench-servers campaigns faults setup services unit client-test end-to-end format lock clean

run: setup ## Serve on http://127.0.0.1:8000 with SQLite and no other service
	$(BIN)/python -m server serve --port $(PORT) --data $(DATA)

test: setup services ## Run all tests
	$(NPM) test
	$(BIN)/python -m pytest

check: setup ## Format, lint, strict types, house rules, size of the first load
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_house.py
	$(NPM) run --silent format:check
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck
	$(NPM) run --silent size

bench: setup .setup/peers ## Print what an update costs: step by step, beside Yjs, and for a full hall beside other servers
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.hall $(HALL)

bench-servers: setup services .setup/peers ## Print what several servers at one case cost, beside Hocuspocus with Redis, and what one Redis and one PostgreSQL take; SERVERS="--servers 2 --runs 1" takes a part
	$(BIN)/python -m tests.bench.several $(SERVERS)
	$(BIN)/python -m tests.bench.services

hall: setup .setup/peers ## Measure everything about a full hall, beside other servers; 20 minutes, on a machine that does nothing else
	$(BIN)/python -m tests.bench.hall --whole tests/bench/found

campaigns: setup services ## Run the failure campaigns in their full form (hours); see tests/campaigns
	$(BIN)/python -m tests.campaigns $(CAMPAIGNS)

faults: setup services ## Let Redis, PostgreSQL and servers fail under people, 380 times (about 40 minutes); FAULTS="--redis 200" takes a part
	$(BIN)/python -m tests.campaigns.servers $(FAULTS)

format: setup ## Lay out all code as `make check` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(NPM) run --silent format

setup: .setup/python .setup/node .setup/client ## Python environment, Node packages, built client

.setup/python: requirements-dev.txt
	@mkdir -p .setup
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "install Python's venv module (Debian: python3-venv)" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.setup/node: client/package.json client/package-lock.json tests/stock_client/package.json tests/stock_client/package-lock.json
	@mkdir -p .setup
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || { echo "Node 20 or newer is needed" >&2; exit 1; }
	$(NPM) ci --silent
	npm --prefix tests/stock_client ci --silent --no-fund --no-audit
	@touch $@

.setup/client: .setup/node $(shell find client/src client/index.html client/build.mjs -type f 2>/dev/null)
	$(NPM) run --silent build
	@touch $@

.setup/peers: tests/bench/peers/package-lock.json tests/bench/peers/requirements.txt
	@mkdir -p .setup
	npm --prefix tests/bench/peers ci --silent --no-fund --no-audit --ignore-scripts
	test -x tests/bench/peers/.venv/bin/python || $(PYTHON) -m venv tests/bench/peers/.venv
	tests/bench/peers/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/peers/requirements.txt
	@touch $@

services: ## The programs that the tests take from the machine
	@sh tests/services.sh

lock: ## Renew the lock files after a change of pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-annotate -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-annotate --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove what setup made; data stays
	rm -rf $(VENV) .setup client/node_modules client/dist tests/stock_client/node_modules tests/bench/peers/node_modules tests/bench/peers/.venv
