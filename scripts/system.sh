#!/bin/sh
# Make sure that the named Debian packages are there: install them when root, else say the one line that does.
set -eu

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian. Please see that these, or what your system calls them, are installed: $*"
    exit 0
fi
missing=""
for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "These system packages are missing. Please run this line, then try again:" >&2
    echo "    sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "Installing$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # the list is meant to fall into words
apt-get install -qq -y --no-install-recommends $missing >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing >/dev/null; } ||
    { echo "apt-get could not install:$missing" >&2; exit 1; }
