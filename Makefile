# Recul — everything starts here. `make` alone lists the commands.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
# In CI, or when asked for, a test that cannot run fails instead of being skipped.
WHOLE := $(if $(CI)$(RECUL_NO_SKIPS),-p tests.no_skips)
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test fast check sbom format strings bench kills attack fuzz lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/.runtime $(VENV)/.project ## start Recul with a demo world (PORT=8000)
	@exec $(BIN)/recul serve --demo $(if $(PORT),--port $(PORT))

test: $(VENV)/.dev $(VENV)/.project ## every test, browsers and PostgreSQL included
	@$(BIN)/python -m tests.browsers install
	@$(BIN)/python -m tests.programs
	@$(PYTEST) $(WHOLE) $(ARGS)
	@$(BIN)/python -m tests.browsers report

fast: $(VENV)/.dev $(VENV)/.project ## the tests without a browser, on SQLite only
	@$(PYTEST) --sqlite-only -m "not browser and not slow" $(ARGS)

check: $(VENV)/.dev $(VENV)/.project ## format, lint, types, import contracts, known weaknesses
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml --confidence-level medium src
	@$(BIN)/python -m tests.supply.advisories

sbom: $(VENV)/.dev $(VENV)/.project ## write the software bill of materials to dist/sbom.json
	@$(BIN)/python -m tests.supply.materials dist/sbom.json

format: $(VENV)/.dev ## rewrite the sources in the project's format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

strings: $(VENV)/.dev $(VENV)/.project ## collect new strings for the catalogues in locale/
	@$(BIN)/python -m tests.strings

bench: $(VENV)/.dev $(VENV)/.project ## measure speed: a table, and build/bench.html (ARGS=--quick)
	@$(BIN)/python -m tests.bench $(ARGS)

kills: $(VENV)/.dev $(VENV)/.project ## kill server and database in the middle of writes, and look for losses
	@$(BIN)/python -m tests.loss.kills $(ARGS)

attack: $(VENV)/.dev $(VENV)/.project ## measure what attackers learn from team trends
	@$(BIN)/python -m tests.trends.attack --write $(ARGS)

fuzz: $(VENV)/.dev $(VENV)/.project ## send 20,000 odd requests in every role, on both databases
	@$(BIN)/python -m tests.fuzz $(ARGS)

# Hashes of the public index only: no configured index, mirror or local folder is asked.
lock: .venv-lock/bin/uv ## refresh the lock files (UPGRADE=1 takes newer versions)
	$(call lock,--group build,requirements.lock)
	$(call lock,--group build --group dev --constraints requirements.lock,requirements-dev.lock)

clean: ## remove what make made; ./var, with its database, stays
	rm -rf $(VENV) .venv-lock dist build .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis test-results
	find src tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------ what the commands stand on

# A name on the PATH may be a shim that starts nothing, so each candidate is tried.
$(VENV)/pyvenv.cfg:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
		if "$$python" -c 'import ensurepip, sqlite3, sys, venv; \
				sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			exec "$$python" -m venv $(VENV); \
		fi; \
	done; \
	echo "No Python 3.11 or newer with its venv module was found" \
		"(on Debian: apt-get install python3 python3-venv)." >&2; \
	exit 1

$(VENV)/.runtime: requirements.lock | $(VENV)/pyvenv.cfg
	@echo "Installing the locked packages"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

# Holds everything the runtime lock holds.
$(VENV)/.dev: requirements-dev.lock requirements.lock | $(VENV)/pyvenv.cfg
	@echo "Installing the locked packages, tests and tools included"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

$(VENV)/.project: pyproject.toml | $(VENV)/pyvenv.cfg
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv-lock/bin/uv: | $(VENV)/pyvenv.cfg
	@$(BIN)/python -m venv .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)

# $(call lock,what to lock,file): one file for every supported Python and system.
define lock
	@env -u UV_INDEX -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
		$< pip compile pyproject.toml $(1) --output-file $(2) --quiet --no-config \
		--universal --python-version 3.11 --generate-hashes $(if $(UPGRADE),--upgrade) \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
endef
