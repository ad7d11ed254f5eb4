#!/bin/sh
# Resolve requirements*.in into full locks with hashes. The locks name no index: whoever installs uses their own.
set -eu

cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH" # the one that installed the locks, where the machine has none
for name in requirements requirements-dev requirements-bench; do
    uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
        --output-file "$name.txt" "$@" "$name.in"
done
