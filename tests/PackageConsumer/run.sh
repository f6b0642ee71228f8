#!/usr/bin/env bash
# Uses NetGen the way a user does: packs it, restores the package from a folder, builds, trains and predicts; then checks that a
# build shows the dropout mistake and no setting lets a faulty network through, and that `dotnet format analyzers` repairs both.
# Everything it makes is below artifacts/.
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

echo "== the second package reads a table, and brings the first along"
dotnet pack "$repository/src/NetGen.Data" -c Release -o "$artifacts/packages"
restored=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
dotnet build Tables -c Release -p:RestoredPackages="$restored"
dotnet run --project Tables -c Release --no-build || fail "the network has not learned the table"

echo "== the build shows the misuse, but not where .editorconfig turns the rule off"
dotnet build Misuse -c Release --no-incremental | tee misuse.log
[ "$(grep -o 'Program.cs([0-9,]*): warning NG0201' misuse.log | sort -u | wc -l)" = 2 ] || fail "expected two warnings NG0201"
[ "$(grep -o 'Program.cs([0-9,]*): warning NG0202' misuse.log | sort -u | wc -l)" = 1 ] || fail "expected one warning NG0202"
grep -q 'Thinned.cs.*NG0201' misuse.log && fail "the rule is reported where it is turned off"
rm Misuse/.editorconfig
dotnet build Misuse -c Release --no-incremental | grep -q 'Thinned.cs([0-9,]*): warning NG0201' || fail "without .editorconfig the rule is silent, too"
cp "$here/Misuse/.editorconfig" Misuse
if dotnet run --project Misuse -c Release --no-build; then fail "dropout made no difference before the repair"; fi

echo "== dotnet format repairs it"
dotnet format analyzers Misuse --diagnostics NG0201 NG0202 --severity warn --no-restore
diff "$here/Misuse/Program.cs" Misuse/Program.cs && fail "nothing was repaired"
grep -q 'BeginTraining\|_pass' Misuse/Program.cs && fail "a training pass is left"
diff "$here/Misuse/Thinned.cs" Misuse/Thinned.cs || fail "a file was changed for which the rule is turned off"
dotnet format whitespace Misuse --verify-no-changes --no-restore || fail "what was repaired is not formatted"
dotnet build Misuse -c Release --no-incremental -warnaserror
dotnet run --project Misuse -c Release --no-build || fail "the repaired program does not predict"

echo "== a faulty network builds under no setting"
dotnet restore Faulty
# faulty SETTING...: the build fails with the one error of the network, shown once.
faulty() {
    if dotnet build Faulty -c Release --no-restore --no-incremental "$@" >faulty.log 2>&1; then
        fail "a faulty network was built with: $*"
    fi
    grep -q 'Program.cs(10,27): error NG0108: .*(docs/rules/NG0108.md)' faulty.log && grep -q '^ *1 Error(s)' faulty.log \
        || { cat faulty.log; fail "expected NG0108 once with: $*"; }
}
faulty
faulty -p:RunAnalyzers=false
faulty -p:RunAnalyzersDuringBuild=false
faulty -p:IsImplicitlyTriggeredBuild=true
faulty -p:NoWarn=NG0108
# Nor with the option by which the package leaves errors to analyzers in an IDE, should a project copy it. The place of the error is not checked:
# only writing the assembly finds it.
printf 'is_global = true\nnetgen_errors_from_analyzer = true\n' >Faulty/.globalconfig
if dotnet build Faulty -c Release --no-restore --no-incremental -p:RunAnalyzers=false >faulty.log 2>&1; then
    fail "a faulty network was built with the package's own option"
fi
grep -q 'error CS7013: .*A_network_whose_declaration_has_an_error_is_not_built' faulty.log \
    || { cat faulty.log; fail "expected CS7013 with the package's own option"; }
rm Faulty/.globalconfig
[ -f "$(echo "$artifacts"/package-consumer-cache/netgen/*/docs/rules/NG0108.md)" ] || fail "the page of the rule is not in the package"

echo "== dotnet format repairs it"
rm Faulty/.editorconfig
sed -i '/SuppressMessage/d' Faulty/Program.cs
dotnet format analyzers Faulty --diagnostics NG0108 --severity error --no-restore
grep -q 'Input(4, 4, 1), Flatten, Dense(2), Softmax' Faulty/Program.cs || fail "the code fix did nothing"
dotnet build Faulty -c Release --no-restore
dotnet run --project Faulty -c Release --no-build || fail "the repaired network does not predict"
echo "package consumer: all well"
