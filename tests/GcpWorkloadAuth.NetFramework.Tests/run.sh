#!/usr/bin/env bash
# Runs the net472 engine for real under Mono, against the emulated cloud. One line a check, then "N passed, N failed".
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)

cleanup() {
    [ -n "${emulator:-}" ] && kill "$emulator" 2> /dev/null && wait "$emulator" 2> /dev/null
    rm -rf "$work"
}
trap cleanup EXIT

if ! command -v mono > /dev/null; then
    echo 'mono is not installed (Debian: mono-complete)' >&2
    exit 1
fi

# Builds the emulator too.
dotnet build "$here" -m:1 --nologo -v quiet -clp:NoSummary || exit 1
dll=$root/artifacts/bin/GcpEmulator/debug/GcpEmulator.dll
exe=$root/artifacts/bin/GcpWorkloadAuth.NetFramework.Tests/debug/GcpWorkloadAuth.NetFramework.Tests.exe

unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy
dotnet "$dll" --instances 1200 --buckets 1003 --compress > "$work/env" 2> "$work/emulator" &
emulator=$!
for _ in $(seq 200); do
    grep -q GCE_METADATA_HOST "$work/env" && break
    sleep 0.05
done
# shellcheck disable=SC1091
. "$work/env"
if [ -z "${GCE_METADATA_HOST:-}" ]; then
    cat "$work/emulator" >&2
    exit 1
fi

mono "$exe" "$GCE_METADATA_HOST" "${CLOUDSDK_AUTH_TOKEN_HOST%token}"
