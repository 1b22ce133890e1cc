# `make run` and `make test` do all their own set-up: nothing but Python 3.11+ and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := $(VENV)/bench
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
WORKERS ?= 2
export OMP_NUM_THREADS ?= 1

.PHONY: help install run test check lint types imports content format lock clean browser bench-languages bench-library

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

install: $(VENV)/.installed  ## set up .venv with exactly the locked packages

run: $(VENV)/.installed  ## start the service; with nothing configured, the demonstration
	@$(BIN)/python -m bot run

test: $(VENV)/.installed-dev browser  ## run every test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

check: lint types imports content test  ## lint, types, import contracts, content and tests

lint: $(VENV)/.installed-dev  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev  ## types
	$(BIN)/mypy

imports: $(VENV)/.installed-dev  ## who may import whom
	$(BIN)/lint-imports

content: $(VENV)/.installed-dev  ## articles and phrases: what is missing, stale or broken
	$(BIN)/python -m bot library check
	$(BIN)/python -m bot phrases check

format: $(VENV)/.installed-dev  ## lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench-languages: $(BENCH)/.installed  ## how well languages are recognised, and by others: TEXTS=file of labelled JSON lines
	PYTHONPATH=$(BENCH) $(BIN)/python -m benchmarks.languages $(TEXTS) --others

bench-library: $(VENV)/.installed-dev  ## how well questions are answered: SETS=folder of question sets, PARALLEL=of translated texts
	$(BIN)/python -m benchmarks.library $(SETS)
	$(BIN)/python -m benchmarks.library $(SETS) --held-out
	$(BIN)/python -m benchmarks.library $(SETS) --without-model
	$(BIN)/python -m benchmarks.library_phrasings
	$(BIN)/python -m benchmarks.library_phrasings $(wildcard $(SETS)/injongo.articles.jsonl $(SETS)/clinc.articles.jsonl)
	$(if $(PARALLEL),$(BIN)/python -m benchmarks.library_across $(PARALLEL))
	$(BIN)/python -m benchmarks.library_size

lock: $(VENV)/.installed  ## write the lock files anew, for every platform, without index addresses
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --upgrade pyproject.toml --extra model --extra voice -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --constraint requirements.lock pyproject.toml --extra model --extra voice --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --constraint requirements.lock --no-emit-package numpy --group bench -o requirements-bench.lock

clean:  ## remove what was installed and cached, but never data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build *.egg-info

# The browser tests use a Chromium of the system, which is installed where that is allowed.
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
		|| { command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core fonts-noto-color-emoji >/dev/null; } \
		|| echo "No Chromium: the browser tests are left out. To have them, install the package chromium of your system."

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Morsmål needs Python 3.11 or newer. Say which with: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@grep -A2 '^setuptools==' requirements.lock > $(VENV)/setuptools.lock
	$(PIP) install --require-hashes -r $(VENV)/setuptools.lock
	$(PIP) install --require-hashes --no-build-isolation -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@

# In a folder of its own, so that what is only compared with never stands among the service's packages.
$(BENCH)/.installed: $(VENV)/.installed requirements-bench.lock
	$(PIP) install --require-hashes --no-deps --upgrade --target $(BENCH) -r requirements-bench.lock
	@touch $@
