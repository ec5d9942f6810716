#!/bin/sh
# Runs all tests, setting up first what they need: scripts/test.sh [--list | STAGE...]
exec python3 "$(dirname "$0")/run_tests.py" "$@"
