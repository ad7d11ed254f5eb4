#!/bin/sh
# Run npm in frontend/, once Node is known to be new enough for what is locked there.
set -eu

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "Zhiyu needs Node.js 20.19 or newer, with npm, to build its pages; please install it." >&2
    exit 1
fi
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
    echo "Zhiyu needs Node.js 20.19 or newer to build its pages; this is $(node --version)." >&2
    exit 1
}
cd "$(dirname "$0")/../frontend"
exec npm "$@"
