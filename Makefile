# Every command we use. `make help` lists them.
.DEFAULT_GOAL := help
BIN := .venv/bin
DEMO := demo-newsroom

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 16

demo: ## the demo newsroom, running (DEMO=FOLDER, OPTIONS="--letterbox HOST:PORT --desk HOST:PORT")
	@tools/install run
	@$(BIN)/letterdesk demo $(DEMO) $(OPTIONS)

install: ## only prepare .venv, with .venv/bin/letterdesk in it
	@tools/install dev

encoder: ## read comments as a whole, too: slower, better (without-encoder: no longer)
	@tools/install run
	@tools/encoder on
without-encoder:
	@tools/encoder off

test: ## every test: SQLite, PostgreSQL, S3, a real browser
	@tools/install dev
	@tools/browser
	@tools/nginx
	@tools/test

check: ## linters, types, import contracts
	@tools/install dev
	@$(MAKE) --no-print-directory --jobs --output-sync format lint types contracts templates catalogues reference

format:
	@$(BIN)/ruff format --check src tests benchmarks examples tools
lint:
	@$(BIN)/ruff check src tests benchmarks examples tools
types:
	@$(BIN)/mypy
contracts:
	@$(BIN)/lint-imports
templates:
	@$(BIN)/djlint --lint --quiet src/letterdesk
catalogues:
	@$(BIN)/python tools/catalogues --check
reference:
	@$(BIN)/python tools/reference --check

# The tests of what stands apart, and of these what goes a whole way through a part.
APART := $(addprefix tests/,domain places reader letterbox press triage interchange) \
	$(addprefix tests/test_,age.py failures.py memory.py sealing.py settings.py tags.py)
WHOLE_WAYS := tests/letterbox/test_letters.py tests/press/test_story.py tests/triage/test_screening.py \
	tests/interchange/test_letterdesk.py tests/test_failures.py
WITHOUT_DJANGO := $(BIN)/pytest -p tests.without_django

test-apart: ## the parts that stand apart, tested where there is no Django
	@tools/install dev
	@$(WITHOUT_DJANGO) -q -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist worksteal $(APART)

apart: ## the same in short: all of them are imported, and one whole way through each part runs
	@tools/install dev
	@$(WITHOUT_DJANGO) -qq --collect-only $(APART)
	@$(WITHOUT_DJANGO) -q $(WHOLE_WAYS)

screenshots: ## take docs/screenshots anew
	@tools/install dev
	@$(BIN)/python tools/screenshots

lock: ## resolve requirements/*.txt anew (needs uv)
	uv pip compile --quiet --universal --no-strip-extras --generate-hashes --python-version 3.11 --no-annotate --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --no-strip-extras --generate-hashes --python-version 3.11 --no-annotate --no-header --extra dev pyproject.toml -o requirements/dev.txt

.PHONY: help demo install encoder without-encoder test check format lint types contracts templates catalogues reference test-apart apart screenshots lock
