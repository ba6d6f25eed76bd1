# Two commands do everything: `make site` and `make test`. The README gives the plain commands too.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
DAY := $(if $(TODAY),--today $(TODAY))
# Which sheets `make site` and `make print` make, for example SHEETS='--only phieu/*'; all when empty.
SHEETS ?=
export NO_MKDOCS_2_WARNING := 1

.PHONY: site print test lint test-fast test-unit test-browser fresh looks fonts serve check fmt lock bench lighthouse clean

site: $(VENV)/.site
	$(BIN)/niemyet print $(DAY) $(SHEETS)
	$(BIN)/niemyet build $(DAY)

print: $(VENV)/.site
	$(BIN)/niemyet print $(DAY) $(SHEETS)

serve: $(VENV)/.site
	$(BIN)/niemyet serve

check: $(VENV)/.site
	$(BIN)/niemyet check $(DAY)

fmt: $(VENV)/.site
	$(BIN)/niemyet fmt

PYTEST = $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal

test: lint $(VENV)/.test
	tests/install-browser
	$(PYTEST)

lint: $(VENV)/.test
	$(BIN)/ruff check generator tests
	$(BIN)/ruff format --check generator tests
	$(BIN)/mypy

# For the working day: no browser, no PDF, no whole site.
test-fast: $(VENV)/.test
	$(PYTEST) -m 'not browser and not paper and not build'

# The two halves of `make test`.
test-unit: lint $(VENV)/.test
	tests/install-browser
	$(PYTEST) -m 'not browser'

test-browser: $(VENV)/.test
	tests/install-browser
	$(PYTEST) -m browser

# Needs the network: a new machine has no library yet.
fresh: $(VENV)/.site
	tests/fresh-machine $(BIN)/niemyet

# Keeps new pictures of the pages that look different, and lists the sample pages anew; look at each before it is committed.
looks: $(VENV)/.test
	LOOKS=renew $(BIN)/python -m pytest tests/web/test_looks.py tests/web/test_matrix.py -k 'looks_as_it_was_left or samples_show'

# What the program ships of the typefaces, made anew from their packages: always the same bytes.
fonts: $(VENV)/.test
	$(BIN)/python generator/cut_fonts.py

# Locks for the lowest Python that pyproject.toml names, one version of a library for all. A version stays while it fits;
# `make lock LOCK=--upgrade` takes the newest, `make lock LOCK='--upgrade-package mkdocs'` that of one library.
UV := .cache/uv-0.13.9
LOWEST = $(shell sed -n 's/^requires-python = ">=\(.*\)"/\1/p' pyproject.toml)
PIN = $(UV)/bin/uv pip compile --quiet --no-config --universal --python-version $(LOWEST) --fork-strategy fewest \
	--generate-hashes --custom-compile-command 'make lock' $(LOCK) pyproject.toml --extra build

lock: $(UV)/bin/uv
	$(PIN) --output-file requirements.lock
	$(PIN) --extra test --constraints requirements.lock --output-file requirements-test.lock
	$(PIN) --extra test --extra bench --constraints requirements-test.lock --output-file requirements-bench.lock

$(UV)/bin/uv:
	$(PYTHON) -m venv $(UV)
	$(UV)/bin/python -m pip install --quiet --disable-pip-version-check $(subst -,==,$(notdir $(UV)))

# What it compares with is locked apart, since no test needs it; parts whose tool is missing are left out.
BENCH_LOCK := $(wildcard requirements-bench.lock)

bench: $(VENV)/.bench
	$(BIN)/python tests/bench/bench.py $(BENCH)
	$(BIN)/python tests/bench/print_speed.py

# Scores and bytes of a first visit on a telephone; needs npx, which fetches a pinned Lighthouse.
lighthouse: $(VENV)/.test
	tests/install-browser
	$(BIN)/python tests/bench/lighthouse.py $(LIGHTHOUSE)

$(VENV)/bin/python:
	@echo "Tạo môi trường Python riêng trong $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Thiếu gói venv của Python. Cài: sudo apt-get install python3-venv"; rm -rf $(VENV); exit 2; }

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Cài các thư viện đã khóa phiên bản …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	@echo "Cài các thư viện để kiểm thử …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/.bench: $(BENCH_LOCK) $(VENV)/.test
	$(if $(BENCH_LOCK),$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(BENCH_LOCK))
	@touch $@

clean:
	rm -rf $(VENV) .cache site print build *.egg-info
