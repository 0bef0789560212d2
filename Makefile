# Nothing else needs to be known: run, test, bench, lint. Without make: python -m tasks run (test, bench, lint).

# The first Python on this machine that is new enough; if there is none, python3 says so itself.
PYTHON ?= $(or $(shell for name in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done),python3)

.PHONY: run test bench lint

run test bench lint:
	@$(PYTHON) -m tasks $@
