# Every target works from a fresh clone: it makes the environment first when that is missing or out of date.
# Settings are environment variables; the README lists them. PYTHON chooses the interpreter (3.11 or newer).
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin/python
LOCK := requirements-dev.txt
PIP_OPTIONS := --quiet --disable-pip-version-check --require-hashes
INSTALLED := $(VENV)/installed-$(shell cat $(LOCK) Makefile | cksum | tr ' ' '-')
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome || true)
PYTEST_WORKERS ?= 3
BROWSER_WORKERS ?= 2
# A module's tests stay together, so that what they share is made once.
BY_MODULE := --dist loadscope --no-loadscope-reorder

export CHROMIUM
# Compiled modules are kept: without them every start compiles Django, Celery and the product again.
unexport PYTHONDONTWRITEBYTECODE
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := true

.PHONY: help setup run test test-browser check format bench reliability lock schema clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Make .venv with the locked dependencies, each checked by its hash

$(INSTALLED): $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Concordat needs Python 3.11 or newer; $(PYTHON) is older. Set PYTHON to a newer one." >&2; exit 1; }
	@test -x $(BIN) || $(PYTHON) -m venv $(VENV) \
		|| { echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN) -m uv --version >/dev/null 2>&1 \
		|| $(BIN) -m pip install $(PIP_OPTIONS) --requirement <(sed -n '/^uv==/,/[^\\]$$/p' $(LOCK)) \
		|| echo "uv is not available here; pip installs instead, which takes longer."
	@index=$$($(BIN) -m pip config get global.index-url 2>/dev/null || true); \
		if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
		$(BIN) -m uv pip sync --quiet --python $(BIN) --require-hashes $(LOCK) \
		|| $(BIN) -m pip install $(PIP_OPTIONS) --requirement $(LOCK)
	@rm -f $(VENV)/installed-*
	@touch $@

run: setup ## Start Concordat: web server, worker and timetable together, a demonstration until SECRET_KEY or ALLOWED_HOSTS is set
	@exec $(BIN) manage.py run

test: setup ## Run the whole suite, browser tests included where there is a Chromium
	@status=0; \
	$(BIN) -m pytest tests --ignore tests/browser -n $(PYTEST_WORKERS) $(BY_MODULE) || status=1; \
	$(MAKE) --no-print-directory test-browser || status=1; \
	exit $$status

test-browser: setup ## Run the browser tests alone
	@if [ ! -d tests/browser ]; then echo "There are no browser tests."; \
	elif [ -n "$(CHROMIUM)" ]; then DJANGO_ALLOW_ASYNC_UNSAFE=true $(BIN) -m pytest tests/browser -n $(BROWSER_WORKERS); \
	elif [ "$${CI:-}" = true ]; then echo "No Chromium found, and browser tests are not skipped in CI." >&2; exit 1; \
	else echo "SKIPPED: the browser tests, because no Chromium was found. Install chromium or set CHROMIUM to its path."; fi

check: setup ## Format, lint, types, floors, templates, migrations and the API schema
	$(BIN) -m ruff format --check --quiet .
	$(BIN) -m ruff check --quiet .
	$(BIN) -m mypy
	$(VENV)/bin/python -c 'from importlinter.cli import lint_imports_command as c; c()'
	@find templates -name '*.html' -print0 | xargs -0 --no-run-if-empty $(VENV)/bin/djade --check --target-version 5.2
	$(BIN) manage.py makemigrations --check --dry-run --settings tests.settings
	$(BIN) manage.py spectacular --settings tests.settings --validate --fail-on-warn | diff -u docs/openapi.yaml - \
		|| { echo "docs/openapi.yaml is out of date: run make schema and look at what changed." >&2; exit 1; }

format: setup ## Format the code and templates
	$(BIN) -m ruff check --quiet --fix .
	$(BIN) -m ruff format --quiet .
	@find templates -name '*.html' -print0 | xargs -0 --no-run-if-empty $(VENV)/bin/djade --target-version 5.2

schema: setup ## Write the API schema again to docs/openapi.yaml
	$(BIN) manage.py spectacular --settings tests.settings --validate --fail-on-warn --file docs/openapi.yaml

bench: setup ## Measure the product against a bare Django view on this machine
	$(BIN) -m benchmarks

reliability: setup ## Kill, empty and take away whatever reminds people, count what they missed, and write docs/reliability.md
	$(BIN) -m benchmarks.reliability --write

lock: setup ## Choose the newest allowed versions and write both locks again
	$(BIN) -m uv pip compile $(LOCK_OPTIONS) pyproject.toml --output-file requirements.txt
	$(BIN) -m uv pip compile $(LOCK_OPTIONS) --constraint requirements.txt --extra dev pyproject.toml --output-file $(LOCK)

LOCK_OPTIONS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links

clean: ## Remove the environment and caches; the data in var/ stays
	rm -rf $(VENV) var/cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
