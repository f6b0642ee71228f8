#!/usr/bin/env bash
# Publishes samples/Native with NativeAOT for each vector width that this processor has, and checks that it trains and
# predicts the same bits as the same program compiled just in time. Everything it makes is below artifacts/.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
sample="$repository/samples/Native"
work="$repository/artifacts/native-aot"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() {
    echo "native AOT: $1" >&2
    exit 1
}

case "$(uname -s)-$(uname -m)" in
Linux-x86_64) rid=linux-x64 ;;
*) echo "native AOT: knows the instruction sets of Linux on x64 only; left out here" && exit 0 ;;
esac
linker=()
command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc -p:LinkerFlavor=bfd)

rm -rf "$work"
mkdir -p "$work"
dotnet build "$sample" -c Release -v quiet

# compare WIDTH INSTRUCTION_SET KNOB...: the knobs bring the just-in-time compiler to the same width.
compare() {
    local width=$1 set=$2
    shift 2
    echo "== $width bits"
    env "$@" dotnet "$sample/bin/Release/net9.0/Native.dll" >"$work/jit-$width.txt"
    grep -qx "vectors of $width bits" "$work/jit-$width.txt" || fail "the just-in-time compiler was to use $width bits"

    dotnet publish "$sample" -c Release -r "$rid" -v quiet -warnaserror -o "$work/aot-$width" \
        -p:IlcInstructionSet="$set" -p:TrimmerSingleWarn=false "${linker[@]}"
    "$work/aot-$width/Native" >"$work/aot-$width.txt"
    cat "$work/aot-$width.txt"
    grep -qx "compiled just in time" "$work/jit-$width.txt" || fail "one side was to be compiled just in time"
    grep -qx "compiled ahead of time" "$work/aot-$width.txt" || fail "the other side was to be compiled ahead of time"
    diff <(tail -n +2 "$work/jit-$width.txt") <(tail -n +2 "$work/aot-$width.txt") \
        || fail "$width bits: just in time (<) and ahead of time (>) differ"
}

has() { grep -qw "$1" /proc/cpuinfo; }

compare 128 x86-x64-v2 DOTNET_EnableAVX2=0
if has avx2 && has fma; then compare 256 x86-x64-v3 DOTNET_EnableAVX512=0 DOTNET_EnableAVX512F=0; fi
if has avx512vl && has avx512bw && has avx512dq; then compare 512 x86-x64-v4 DOTNET_PreferredVectorBitWidth=512; fi
echo "native AOT: the same bits as just in time"
