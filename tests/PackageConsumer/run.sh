#!/usr/bin/env bash
# Uses NetGen the way a user does: packs it, restores the package from a folder, builds, trains and predicts; then checks that a
# build shows the dropout mistake and that `dotnet format analyzers` repairs it. Everything it makes is below artifacts/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
artifacts="$repository/artifacts"
work="$artifacts/package-consumer"

fail() {
    echo "package consumer: $1" >&2
    exit 1
}

rm -rf "$artifacts/packages" "$artifacts/package-consumer-cache" "$work"
dotnet pack "$repository/src/NetGen" -c Release -o "$artifacts/packages"
[ "$(find "$artifacts/packages" -type f | wc -l)" = 1 ] || fail "pack made more than one file"

# A copy at the same depth, because the misuse is repaired in place.
mkdir -p "$work"
cp -r "$here/." "$work"
rm -rf "$work"/*/bin "$work"/*/obj
cd "$work"

echo "== the package has symbols with sources, and the documentation of what users see"
dotnet run --project Inspect -c Release -- "$artifacts"/packages/NetGen.*.nupkg || fail "the package is not as it should be"

echo "== a network from the package trains and predicts"
dotnet build Consumer -c Release
dotnet run --project Consumer -c Release --no-build || fail "the trained network is wrong"

echo "== the build shows the misuse"
dotnet build Misuse -c Release --no-incremental | tee misuse.log
[ "$(grep -o 'Program.cs([0-9,]*): warning NG0201' misuse.log | sort -u | wc -l)" = 2 ] || fail "expected two warnings NG0201"
if dotnet run --project Misuse -c Release --no-build; then fail "dropout made no difference before the repair"; fi

echo "== dotnet format repairs it"
dotnet format analyzers Misuse --diagnostics NG0201 --severity warn --no-restore
diff "$here/Misuse/Program.cs" Misuse/Program.cs && fail "nothing was repaired"
dotnet build Misuse -c Release --no-incremental -warnaserror
dotnet run --project Misuse -c Release --no-build || fail "the repaired program does not predict"
echo "package consumer: all well"
