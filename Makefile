# `make demo` and `make test` do all their set-up; each step also works by hand, as written here.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
KAFKA_JARS := .cache/kafka-jars
JAVA_HINT := apt-get install -y --no-install-recommends openjdk-17-jre-headless maven

.PHONY: help demo test check unit quality bench clean kafka

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.stamp-demo ## play sample news to alerts on screen; ARGS=--once plays all and ends
	@$(BIN)/news-alerts demo $(ARGS)

test: check kafka ## check, then all tests, those on a real Kafka too; ARGS go to pytest
	@$(BIN)/pytest $(ARGS)

check: .venv/.stamp-dev ## ruff, mypy and the layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

unit: .venv/.stamp-dev ## the fast tests, without a broker
	@$(BIN)/pytest tests/unit tests/properties $(ARGS)

quality: .venv/.stamp-dev ## print how right the linking, events and sectors are; ARGS=--misses lists what is not
	@$(BIN)/python -m tests.quality.run $(ARGS)

bench: .venv/.stamp-dev kafka ## measure against a bare loop and plain Faust, on a real Kafka
	@$(BIN)/python tests/bench/run.py $(ARGS)

clean: ## remove the environment, the Kafka jars and every cache
	@rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@find streams tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Made once, and again when what they are made from changes. Dev holds all that demo holds.
.venv/.stamp-dev: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "installing the package with its tools into .venv"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch .venv/.stamp-demo $@

.venv/.stamp-demo: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "installing the package into .venv"
	@$(PIP) install -c constraints.txt -e '.[demo]'
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed: apt-get install -y python3 python3-venv, or make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is needed: apt-get install -y python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# Without Java or Maven the tests on a real Kafka are skipped, unless NEWS_ALERTS_TEST_REQUIRE=1.
kafka:
	@if command -v java >/dev/null && { [ -e $(KAFKA_JARS)/.stamp ] || command -v mvn >/dev/null; }; then \
	  $(MAKE) --silent $(KAFKA_JARS)/.stamp; \
	else \
	  echo "Java and Maven are needed for the tests on a real Kafka: $(JAVA_HINT)" >&2; \
	  [ "$${NEWS_ALERTS_TEST_REQUIRE:-}" != 1 ]; \
	fi

$(KAFKA_JARS)/.stamp: tests/kafka/pom.xml
	@echo "fetching Apache Kafka from Maven Central into $(KAFKA_JARS)"
	@rm -rf $(KAFKA_JARS)
	@mvn --quiet --batch-mode -Dstyle.color=never -f $< dependency:copy-dependencies -DoutputDirectory="$(CURDIR)/$(KAFKA_JARS)"
	@touch $@
