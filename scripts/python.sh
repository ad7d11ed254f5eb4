#!/bin/sh
# Make a virtual environment (.venv, or the one named) if need be, and install one lock file into it, every hash checked.
set -eu

lock=$1
venv=${2:-.venv}

find_python() {
    for name in ${PYTHON:-} python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Zhiyu needs Python 3.11; please install it or name it: make PYTHON=/path/to/python3.11 …" >&2
    exit 1
}

have_uv() { uv --version >/dev/null 2>&1; }

make_venv() {
    python=$(find_python)
    rm -rf "$venv"
    if have_uv; then
        uv venv --quiet --python "$python" "$venv"
    else
        "$python" -c 'import ensurepip' 2>/dev/null || "$(dirname "$0")/system.sh" python3-venv
        "$python" -m venv "$venv"
    fi
}

uv_here() {
    if have_uv; then
        uv "$@"
    else
        "$venv/bin/python" -m uv --version >/dev/null 2>&1 ||
            "$venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
        "$venv/bin/python" -m uv "$@"
    fi
}

"$venv/bin/python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || make_venv
echo "Installing the locked packages of $lock"
uv_here pip install --quiet --python "$venv/bin/python" --require-hashes --requirement "$lock"
