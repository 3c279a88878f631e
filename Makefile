# The verbs of the house; `make help` lists them. Meson and ninja do the building (docs/house.md).
# TIME is seconds for each fuzz target, SUITES what `make check` and `make test` run.
TIME ?= 60
SUITES ?=
.PHONY: build run test check deps npm asan lint cover fuzz bench man clean help
.NOTPARALLEL:

build:  ## the program, at build/shencha (the default)
	@tools/need build
	@tools/configure build
	@ninja -C build shencha

run: deps build  ## all set-up, then the public cases and a demonstration docket, served on port 8080
	@tools/showcase build/shencha build/demo

test: deps npm asan  ## all set-up, then every test
	@tests/run $(SUITES)

check:  ## the fast tests only, on the plain build
	@tools/need build test
	@tools/configure build
	@ninja --quiet -C build shencha unit-tests
	@BUILD=build tests/run $(or $(SUITES),quick)

deps:  ## install the Debian packages of deps/build.txt and deps/test.txt
	@tools/need --install build test

npm: node_modules/.package-lock.json
node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --no-audit --no-fund --ignore-scripts --loglevel=error || \
	  { echo "make: the test packages of package-lock.json could not be fetched" >&2; exit 1; }
	@touch $@

asan:  ## the program and the unit tests with sanitizers, in build-asan
	@tools/configure build-asan -Db_sanitize=address,undefined -Doptimization=1 -Dwerror=true
	@ninja --quiet -C build-asan shencha unit-tests

lint: deps  ## clang-tidy and cppcheck over all of src and tools
	@tools/lint

cover: deps npm  ## line and branch coverage of the tests, by room
	@tools/cover

fuzz: deps  ## every fuzz target for TIME seconds
	@tools/fuzz --seconds $(TIME)

bench: deps npm build  ## our figures beside those of others, in one run
	@tools/need --install bench
	@bench/run

man:  ## the manual page
	@man -l docs/man/shencha.1 2>/dev/null || mandoc -a docs/man/shencha.1

clean:  ## remove what was built
	rm -rf build build-asan build-cover build-fuzz node_modules

help:  ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10
