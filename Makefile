# Two commands on a fresh machine with Swift: `make demo` and `make test`.
.PHONY: help demo test check bench prove fmt
.DEFAULT_GOAL := help

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Build pact and watch it decide sample payments (no cluster, no network)
	@scripts/demo

test: ## Everything that must hold, within 20 minutes on two cores
	@scripts/test

check: ## Format, documentation lint and the project's own rules (a minute)
	@scripts/check

bench: ## The engine beside the plain C floor on a real broker
	@scripts/bench

prove: ## The proofs of `make test` with larger numbers (about half an hour)
	@scripts/prove

fmt: ## Format all Swift sources
	@swift format --in-place --recursive Sources Tests Package.swift
