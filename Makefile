# make site: environment, installation, the site of seeds/ in build/
# make test: environment, every test; the last line says how long that took
# make test-quick: in a minute what a change breaks most often
# make bench: times beside other generators, into docs/benchmarks.md (python -m bench --tags or --feeds: of
#   tags, or of feeds)
# make soak: every stop of a build, large archives, and random changes to archives: 5,000 sequences or as
#   many as SEQUENCES says; hours
# make fuzz: random bytes to the readers, 10 minutes or as many seconds as SECONDS says
# make demo: the example archive, built and served
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# The tests start Python hundreds of times: it must keep its compiled modules between the starts.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site test test-quick lint demo docs bench soak fuzz clean

site: $(INSTALLED)
	$(BIN)/newsarchive build
	@echo "Open file://$(CURDIR)/build/index.html, or run: $(BIN)/newsarchive serve"

# Each worker takes a whole file at a time, in the order of tests/conftest.py: the slowest first.
BY_FILE := --dist loadfile --no-loadscope-reorder

test: $(VENV)/.tested $(VENV)/.browsed
	$(BIN)/python -m pytest -n auto $(BY_FILE) $(ARGS)

test-quick: $(VENV)/.tested
	$(BIN)/python -m pytest -n auto $(BY_FILE) -m "not slow" $(ARGS)

lint: $(VENV)/.linted
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

demo: $(INSTALLED)
	$(BIN)/newsarchive -C examples/harbour-gazette serve

docs: $(INSTALLED)
	$(BIN)/python docs/make_reference.py

# make bench: 10,000 articles beside Hugo; SIZE=100000 for more, SLOW=1 for the other generators too,
# POSTS=folder for a folder of Jekyll posts
SIZE ?= 10000
ROUNDS ?= 5

bench: $(INSTALLED)
	$(BIN)/python -m bench --size $(SIZE) --rounds $(ROUNDS) $(if $(SLOW),--with-slow) $(if $(POSTS),--posts $(POSTS))

SEQUENCES ?= 5000
SECONDS ?= 600

soak: $(VENV)/.tested $(VENV)/.browsed
	NEWSARCHIVE_SEQUENCES=$(SEQUENCES) $(BIN)/python -m pytest -n auto --dist worksteal -m soak

fuzz: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	mkdir -p .fuzz/found
	$(BIN)/python fuzz/fuzz_readers.py .fuzz/found -artifact_prefix=.fuzz/ -max_total_time=$(SECONDS) -timeout=30

clean:
	rm -rf $(VENV) build .newsarchive tests/node_modules examples/*/build examples/*/.newsarchive

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsarchive needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

# pip reads dependency groups (PEP 735) from version 25.1 on.
$(INSTALLED): $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tested: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

# What checks the built pages comes from npm; the tests that need it are skipped where it is missing.
# Scripts are left out: that of vnu-jar would fetch a Java of its own.
$(VENV)/.browsed: $(BIN)/python tests/package.json tests/package-lock.json
	@if npm ci --prefix tests --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 2>/dev/null; \
	then touch $@; \
	else echo "The tests of accessibility and of valid HTML are skipped: they need npm and its registry."; fi

$(VENV)/.linted: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lint
	@touch $@
