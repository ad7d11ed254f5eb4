#!/bin/sh
# fast | static | full: what needs neither database server nor browser. Goes on after a failure, and ends by naming them all.
set -u

cd "$(dirname "$0")/.."
py=.venv/bin/python
failed=""

step() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        printf '  ok      %s\n' "$name"
    else
        printf '  FAILED  %s\n%s\n' "$name" "$output"
        failed="$failed, $name"
    fi
}

step "ruff check" $py -m ruff check --quiet .
step "ruff format" $py -m ruff format --check --quiet --diff .
step "import contracts" $py -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
step "rulebooks" $py -m scoring check
if [ "$1" != fast ]; then
    step "mypy" $py -m mypy .
    step "Django checks" $py -W ignore manage.py check --fail-level WARNING
    step "migrations" $py manage.py makemigrations --check --dry-run
    step "generated files" $py scripts/write_docs.py --check
    step "front end: types, style" scripts/node.sh run --silent check
fi
if [ "$1" = full ]; then
    step "front end: unit tests" scripts/node.sh run --silent test
    step "scoring: unit tests, every branch" $py -m pytest -q -n 2 --cov=scoring tests/scoring
    step "Python unit tests" $py -m pytest -q -m "not e2e" -n 2 --ignore=tests/scoring
fi
[ -z "$failed" ] || { printf 'Failed: %s\n' "${failed#, }"; exit 1; }
