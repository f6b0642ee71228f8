#!/usr/bin/env bash
# Does what the README's section "Use it in a project" says, line by line, in an empty folder outside of the repository and with
# an empty package cache. Shell lines are executed, the other blocks are files, and the last is the output to expect.
set -euo pipefail
NETGEN=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
section="Use it in a project"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/blocks" "$work/project"

fail() {
    echo "README, \"$section\": $1" >&2
    exit 1
}

# Each fenced block of the section becomes a file 1.sh, 2.xml, …: its place and its language.
awk -v section="## $section" -v folder="$work/blocks" '
    /^```/ && file { close(file); file = ""; next }
    file           { print > file; next }
    /^## /         { inside = $0 == section }
    /^```/ && inside { file = sprintf("%s/%d.%s", folder, ++count, substr($0, 4)) }
' "$NETGEN/README.md"
[ -f "$work/blocks/1.sh" ] || fail "there are no steps"

# The package is made with what this repository has restored already; a user's project begins with nothing.
cd "$work/project"
cache=()
for block in $(find "$work/blocks" -type f | sort -V); do
    case "$block" in
    *.sh)
        cat "$block"
        env NETGEN="$NETGEN" "${cache[@]}" bash -euo pipefail "$block" >"$work/output" 2>&1 || {
            cat "$work/output"
            fail "a step failed"
        }
        ;;
    *.xml)
        cp "$block" nuget.config
        cache=("NUGET_PACKAGES=$work/cache")
        ;;
    *.csharp) cp "$block" Program.cs ;;
    *.text) diff "$block" "$work/output" || fail "the program prints (>) other lines than the README shows (<)" ;;
    *) fail "what is $(basename "$block")?" ;;
    esac
done
[ "${block##*.}" = text ] || fail "the last block is to be the output"
[ -d "$work/cache/netgen" ] || fail "the package came from elsewhere"
echo "README, \"$section\": as it says"
