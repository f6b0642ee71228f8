#!/usr/bin/env bash
# Runs samples/Questions, which ends with an error if a claim does not hold, and checks that docs/relu-and-dropout.md has the same questions, claims and answers.
# The numbers depend on the digits, so they are not compared.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work="$repository/artifacts/questions"
mkdir -p "$work"
dotnet run -c Release --project "$repository/samples/Questions" -- --output "$work/pages.md"

# Questions, claims and answers; not the tables and the paragraphs before them.
words() { awk '/^(## |\* |\*\*Answer)/ { on = 1 } /^$/ { on = 0 } on' "$1"; }
diff <(words "$repository/docs/relu-and-dropout.md") <(words "$work/pages.md")
