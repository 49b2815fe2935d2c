# Every target sets up .venv when it is missing; a second time needs no network.
.PHONY: help run test suites profiles lint type bench sample wheel nightly clean
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
ROLES := juki atena cs shinsei chukan
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile

run: $(READY) ## run the suite against the reference system and write conformance-report/
	$(BIN)/denbun run $(ARGS)

test: $(READY) ## run every test of the project, the seeded faults and the suite
	@$(MAKE) --no-print-directory -j 3 suites
	$(BIN)/denbun faults
	$(BIN)/pytest tests -m "not slow" -n auto --dist worksteal

suites: $(ROLES:%=suite-%) ## run the suite in every role, and see what was judged
	$(BIN)/denbun requirements --coverage $(ROLES:%=build/results/%)

suite-%: $(READY)
	@told=$$($(BIN)/pytest features --role $* --denbun-out build/results/$* 2>&1); \
		status=$$?; echo "$$told"; exit $$status

profiles: $(ROLES:%=profile-%) ## run the suite in every role on the example of a private profile

profile-%: $(READY)
	@told=$$($(BIN)/denbun run --role $* --profile examples/profile --strict \
		--out build/profile/$* 2>&1); status=$$?; echo "$$told"; exit $$status

lint: $(READY) ## check style, imports, features and telegram specs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/python -m steps.lint
	$(BIN)/python -m steps.docs --check
	$(BIN)/denbun specs lint

type: $(READY) ## check types
	$(BIN)/mypy
	$(BIN)/pyright

bench: $(READY) ## measure
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit; done

sample: $(READY) ## make reports/sample: the report of a faulty system, and its picture
	BIN=$(BIN) .ci/sample

wheel: $(READY) ## build dist/*.whl
	$(BIN)/python -m build --wheel --no-isolation

nightly: lint type $(READY) ## run what takes too long for every change, too
	@$(MAKE) --no-print-directory -j 2 suites
	@$(MAKE) --no-print-directory -j 2 profiles
	$(BIN)/denbun faults
	$(BIN)/denbun faults --variants
	$(BIN)/pytest tests -n auto --dist worksteal

clean: ## remove everything that was made, but .venv
	rm -rf build dist conformance-report .hypothesis .*_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer on the path" >&2; exit 1; }
	@echo "setting up .venv"; if command -v uv >/dev/null; then \
		uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
		uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[dev]'; \
	else \
		$(PYTHON) -m venv .venv && \
		$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'; \
	fi
	touch $(READY)
