# Every target sets up what it needs, in .venv, and is quick the second time.
PYTHON ?= python3
BIN := .venv/bin
MODEL := $(BIN)/covage-model
unexport PYTHONDONTWRITEBYTECODE # tests start many processes, and each would compile all that it imports

.PHONY: demo example test quick quick-tests lint types tests coverage proof mutants bench diagrams schemas golden release clean

demo: .venv/core
	@sh tools/demo.sh $(MODEL)

# The back office of examples/ held against the spec: scenarios and seeded faults, then all its tests.
example: .venv/dev
	cd examples && ../$(BIN)/python -m back_office.against_spec
	$(BIN)/python -m pytest tests/test_example.py

test: .venv/dev
	@$(BIN)/python tools/spent.py $(MAKE) --no-print-directory lint types tests

# Under 40 seconds: what a developer runs after each change. One case of each agreement test.
quick: .venv/dev
	@$(BIN)/python tools/spent.py $(MAKE) --no-print-directory lint types quick-tests

quick-tests:
	COVAGE_QUICK=1 $(BIN)/python -m pytest -n 2 --dist worksteal --one-each tests/test_architecture.py tests/test_golden.py tests/agreements tests/oracle

lint: .venv/dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

types: .venv/dev
	$(BIN)/mypy

tests: .venv/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal

# The same tests under a tracer, a third slower: `make proof` runs them so.
coverage: .venv/dev
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n 2 --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# About fifty minutes. Writes docs/proof.md: what was reached, and how long it took.
proof: .venv/dev
	$(BIN)/python tools/proof.py

# Is every mutant of src/ killed by the tests that `make test` runs?
mutants: .venv/dev
	$(BIN)/python tools/mutants.py

bench: .venv/dev
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/generate.py
	$(BIN)/python benchmarks/explore.py
	$(BIN)/python benchmarks/gate.py
	$(BIN)/python benchmarks/coverage.py
	$(BIN)/python benchmarks/verify.py
	$(BIN)/python benchmarks/steering.py
	$(BIN)/python benchmarks/simulate.py
	$(BIN)/python benchmarks/watch.py
	$(BIN)/python benchmarks/replay.py

diagrams: .venv/core
	for language in en fr; do for form in svg mermaid; do \
	  $(MODEL) draw --lang $$language --format $$form --out diagrams/$$language || exit 1; done; done

# What a person then reads in the difference before it is committed.
golden schemas: .venv/dev
	COVAGE_GOLDEN=write $(BIN)/python -m pytest -n 2 tests/test_golden.py tests/pack/test_spec_schema.py

.venv/core: pyproject.toml tools/venv.sh
	sh tools/venv.sh "$(PYTHON)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/dev: .venv/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,examples,testing]"
	touch $@

# Builds dist/, tries the wheel, and describes both; what stands in the way of a release is told.
release: .venv/dev
	$(BIN)/python tools/release.py

clean:
	rm -rf .venv demo-output .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
