# `make help` prints the lines marked with ##.
GO ?= go
LINT_VERSION := v2.15.0
LINT := $(CURDIR)/bin/golangci-lint

.DEFAULT_GOAL := help
.PHONY: sbom shots help run test test-postgres check bench lint vet cross card

help: ## list what make can do
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## start the portal on http://127.0.0.1:8080
	$(GO) run ./cmd/motcua serve

test: ## run every test
	$(GO) test ./...

test-postgres: ## run the tests of store and service on PostgreSQL
	CI=1 $(GO) test ./internal/store/...
	CI=1 MOTCUA_TEST_STORE=postgres $(GO) test ./internal/app

check: vet lint test cross ## what the gate runs before it tries the real binary

bench: ## speed: civil, text, index, ranking, store
	$(GO) test -run '^$$' -bench . -benchmem ./...

vet:
	$(GO) vet ./...

lint: $(LINT) ## run the linters of .golangci.yaml
	$(LINT) run ./...

$(LINT):
	GOBIN=$(CURDIR)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

cross: ## build for the other systems, without cgo
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 $(GO) build -o /dev/null ./cmd/motcua
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 $(GO) build -o /dev/null ./cmd/motcua
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 $(GO) build -o /dev/null ./cmd/motcua

sbom: ## what the binary is made of, as CycloneDX: bin/sbom.json
	$(GO) build -o bin/motcua ./cmd/motcua && bin/motcua version --sbom >bin/sbom.json

SETS := ../shared/data/retrieval
card: ## learn the weights again and rewrite the score cards
	$(GO) run ./cmd/motcua eval train --dataset $(SETS)/zalo2021 --dataset $(SETS)/alqac --dataset $(SETS)/vlsp2025_drill --dataset $(SETS)/procedures --save .
	$(GO) test ./eval -run TestNoRewritingLoses -args -update

SHOTS := /tmp/motcua-shots
shots: ## pictures of every page: light, dark, phone, desktop (needs chromium)
	MOTCUA_SHOTS=$(SHOTS) $(GO) test ./internal/app -run '^TestShots$$' -count=1 -timeout 20m
	@echo "pictures in $(SHOTS)"
