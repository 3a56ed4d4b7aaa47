# The scripts do the work; these are their names for those who are used to make.
.PHONY: setup build test lint example benchmark documentation

setup:
	Scripts/setup

build: setup
	Scripts/build

test:
	Scripts/test

lint:
	Scripts/lint

example:
	Scripts/example

benchmark:
	Benchmarks/run

documentation:
	Scripts/documentation
