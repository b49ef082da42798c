# Everything a person does with this repository. Longer recipes are in scripts/. One set of tags and flags for run,
# test and check, so that they share the build cache.
export GOFLAGS := -tags=sqlite_fts5
DATA ?=
LISTEN ?= 127.0.0.1:8080

.PHONY: run build test check generate dev bench bench-peers test-peers soak shots clean

run: ## install what is missing, build, make the demo company, serve (DATA=dir for an own instance)
	@DATA="$(DATA)" LISTEN="$(LISTEN)" scripts/run.sh

build: ## bin/lotse with the web app inside
	@scripts/build.sh

test: ## everything, with the last line "N passed, N failed"
	@scripts/test.sh

check: ## what a review asks first: format, vet, arrows, generated files, translations, lint, types
	@scripts/check.sh

generate: ## api/openapi.json and the client of the web app
	go test ./internal/app -run TestOpenAPIIsCurrent -update
	cd web && npm run --silent api

dev: ## server and web app with hot reload
	@DATA="$(DATA)" LISTEN="$(LISTEN)" scripts/dev.sh

bench: ## the measurements of docs/benchmarks.md
	@scripts/bench.sh

bench-peers: ## the same questions to pm4py and HiGHS, where they can be installed
	@scripts/bench-peers.sh

test-peers: ## the lake opened by the ducklake extension of DuckDB
	@scripts/test-peers.sh

soak: ## hours of fuzzing and killing; the log goes to docs/soak.log
	@scripts/soak.sh

shots: ## pictures of every page, wide and narrow, light and dark, German and English, in shots/
	@scripts/shots.sh

clean: ## remove what was built; data stays
	rm -rf bin web/dist web/src/paraglide web/src/api/schema.d.ts internal/transport/web/dist shots
