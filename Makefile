# Every command is a script of its own under scripts/; this file only names them.
.DEFAULT_GOAL := help
.PHONY: help demo test check catalogs lock vendor clean

PORT ?= 8000
DATABASE ?= sqlite

help: ## Say what each command does
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: ## Install what is missing, fill in demo data, serve on http://127.0.0.1:8000 (PORT=, RESET=1)
	@scripts/prepare run
	@exec .venv/bin/broker-admin demo --port $(PORT) $(if $(RESET),--reset)

test: ## The whole suite (DATABASE=postgresql for the other database, TESTS= for a part)
	@scripts/prepare dev
	@DATABASE=$(DATABASE) scripts/suite $(TESTS)

check: ## Style, types, import contracts, templates, catalogs, bands (CHECKS= for a part)
	@scripts/prepare dev
	@scripts/check $(CHECKS)

catalogs: ## Bring the Chinese catalogs in step with the code, then translate what is new
	@scripts/prepare dev
	@.venv/bin/python -m scripts.catalogs
	@.venv/bin/python -m scripts.catalogs --check

lock: ## Bring the lock files in step with setup.cfg (UPGRADE=1 takes the newest releases)
	@scripts/lock $(if $(UPGRADE),--upgrade)

vendor: ## Compile the design system into broker_admin/static (needs node; maintainers only)
	@scripts/vendor

clean: ## Remove the environment and everything under var/, demo data included
	rm -rf .venv var build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
