#!/usr/bin/env bash
# Proves the emulator with clients that this project did not write: gcloud, curl, rclone, google-auth-library, @google-cloud/storage.
# One line per check, then "N passed, N failed". Loopback only; about three minutes. "storage" as argument runs storage.sh and storage.mjs alone.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
log="$work/results"
: > "$log"

cleanup() {
  [ -n "${emulator:-}" ] && kill "$emulator" 2> /dev/null && wait "$emulator" 2> /dev/null
  rm -rf "$work"
}
trap cleanup EXIT

report() { printf '%s\n' "$1" | tee -a "$log"; }
skip() { printf 'SKIPPED %s\n' "$1"; }

# check NAME PATTERN COMMAND...: the command's output (both streams) must match the extended regular expression.
check() {
  local name=$1 pattern=$2 output
  shift 2
  output=$(timeout 60 "$@" 2>&1 < /dev/null)
  if grep -Eq -- "$pattern" <<< "$output"; then
    report "PASS $name"
  else
    report "FAIL $name: $(head -c 300 <<< "$output" | tr '\n' ' ')"
  fi
}

# Packages first: everything behind this line stays on loopback.
node_ready=''
if command -v npm > /dev/null && command -v node > /dev/null; then
  if [ -d "$here/node_modules/@google-cloud/storage" ] || timeout 120 npm ci --prefix "$here" --no-audit --no-fund --silent > "$work/npm" 2>&1; then
    node_ready=yes
  else
    skip "node: npm ci failed: $(tail -n 1 "$work/npm")"
  fi
else
  skip 'node: npm is not installed'
fi

dll=${GCP_EMULATOR_DLL:-$root/artifacts/bin/GcpEmulator/debug/GcpEmulator.dll}
if [ ! -f "$dll" ]; then
  dotnet build "$root/tools/GcpEmulator" --nologo -v quiet || exit 1
fi

unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT STORAGE_EMULATOR_HOST
export NO_PROXY='*' HOME="$work"
dotnet "$dll" --instances 1200 --buckets 1203 > "$work/env" 2> "$work/emulator" &
emulator=$!
for _ in $(seq 100); do
  [ -s "$work/env" ] && break
  sleep 0.05
done
# shellcheck disable=SC1091
. "$work/env" || exit 1
machine="http://$GCE_METADATA_HOST"
export EMULATOR_API=${CLOUDSDK_AUTH_TOKEN_HOST%/token}
api=$EMULATOR_API
post() { curl -s -X POST "$api/_emulator/$1" -d "${2:-}"; }
flavor='Metadata-Flavor: Google'
v1="$machine/computeMetadata/v1"

if [ "${1:-}" != storage ]; then
check 'curl: no header is 403 with the page' 'HTTP/1.1 403.*|Missing Metadata-Flavor:Google header' curl -si "$v1/instance/id"
check 'curl: X-Forwarded-For is 403' '^403$' curl -s -o /dev/null -w '%{http_code}' -H "$flavor" -H 'X-Forwarded-For: 10.0.0.1' "$v1/instance/id"
check 'curl: a directory without its slash is 301' "^301 $v1/instance/disks/\$" curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -H "$flavor" "$v1/instance/disks"
check 'curl: POST is 405' '^405$' curl -s -o /dev/null -w '%{http_code}' -X POST -H "$flavor" "$v1/instance/id"
check 'curl: an identity needs an audience' '^non-empty audience parameter required$' curl -s -H "$flavor" "$v1/instance/service-accounts/default/identity"
check 'curl: timeout_sec ends a wait' '^hello$' curl -s -H "$flavor" "$v1/instance/attributes/greeting?wait_for_change=true&timeout_sec=1"
(sleep 0.5 && post attributes '{"instance":{"greeting":"changed"}}') &
check 'curl: wait_for_change answers at the change' '^changed$' curl -s -m 10 -H "$flavor" "$v1/instance/attributes/greeting?wait_for_change=true"
post faults '{"pathPattern":"/computeMetadata/v1/instance/name","drop":true,"times":1}'
check 'curl: a dropped connection' '^(52|56)$' sh -c "curl -s -H '$flavor' $v1/instance/name; echo \$?"
post faults '{"pathPattern":"/computeMetadata/v1/instance/name","truncateAfter":3,"times":1}'
check 'curl: a truncated body' '^dem18$' sh -c "curl -s -H '$flavor' $v1/instance/name; echo \$?"
post faults '{"pathPattern":"/computeMetadata/v1/instance/name","hang":true,"times":1}'
check 'curl: a hanging answer' '^28$' sh -c "curl -s -m 1 -H '$flavor' $v1/instance/name; echo \$?"

fi

export CLOUDSDK_CONFIG="$work/gcloud" CLOUDSDK_CORE_DISABLE_USAGE_REPORTING=1 CLOUDSDK_CORE_DISABLE_PROMPTS=1
export CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK=1 CLOUDSDK_CORE_SHOW_STRUCTURED_LOGS=never
# shellcheck source=storage.sh
. "$here/storage.sh"
if [ "${1:-}" != storage ] && command -v gcloud > /dev/null; then
  email='123456789012-compute@developer.gserviceaccount.com'
  check 'gcloud: auth list' "^$email\$" gcloud auth list --format='value(account)'
  check 'gcloud: auth print-access-token' '^ya29\.emu-' gcloud auth print-access-token
  check 'gcloud: auth print-identity-token' '^eyJ[^.]+\.eyJ[^.]+\.' gcloud auth print-identity-token --audiences=https://x.example --token-format=full
  check 'gcloud: storage buckets list (all pages)' '^1203$' sh -c "gcloud storage buckets list --format='value(name)' | wc -l"
  check 'gcloud: storage buckets describe' 'default_storage_class: NEARLINE' gcloud storage buckets describe gs://demo-project-bucket-0002
  check 'gcloud: storage buckets describe, none such' 'not found: 404|does not exist' gcloud storage buckets describe gs://no-such-bucket
  printf 'hello from gcloud' > "$work/file"
  check 'gcloud: storage cp, up' '^done$' sh -c "gcloud storage cp '$work/file' gs://demo-project-bucket-0001/file && echo done"
  check 'gcloud: storage cat' '^hello from gcloud$' gcloud storage cat gs://demo-project-bucket-0001/file
  check 'gcloud: compute instances list (all pages)' '^1200$' sh -c "gcloud compute instances list --format='value(name)' | wc -l"
  check 'gcloud: compute instances list, filtered' '^demo-vm europe-west1-b$' gcloud compute instances list --filter='name=demo-vm' --format='value[separator=" "](name,zone.basename())'
  check 'gcloud: compute instances list, one zone' '^demo-vm$' gcloud compute instances list --zones=europe-west1-b --filter='labels.env=demo' --format='value(name)'
  check 'gcloud: compute instances describe' '^status: RUNNING' gcloud compute instances describe demo-vm --zone europe-west1-b
  check 'gcloud: compute instances describe, none such' "The resource 'projects/demo-project/zones/europe-west1-b/instances/nope' was not found" \
    gcloud compute instances describe nope --zone europe-west1-b
  post unreachable '{"zone":"us-central1-a"}'
  check 'gcloud: an unreachable zone is a warning, the rest is listed' 'not reachable|unreachable|Some requests did not succeed' gcloud compute instances list --limit 600 --format='value(name)'
  post unreachable '{"zone":"us-central1-a","reachable":true}'
  post keys '{"email":"robot@demo-project.iam.gserviceaccount.com"}' > "$work/key.json"
  check 'gcloud: activate-service-account' 'Activated service account credentials for: \[robot@' gcloud auth activate-service-account --key-file="$work/key.json"
  check 'gcloud: a token by JWT bearer grant' '^ya29\.emu-' gcloud auth print-access-token --account=robot@demo-project.iam.gserviceaccount.com
  post users > "$work/user.json"
  check 'gcloud: a token by refresh token' '^ya29\.emu-' env GOOGLE_APPLICATION_CREDENTIALS="$work/user.json" gcloud auth application-default print-access-token
fi

# node SCRIPT: its lines are checks like the others.
run_node() {
  timeout 90 node "$here/$1" 2> "$work/node" | tee -a "$log"
  local code=${PIPESTATUS[0]}
  if [ "$code" -ne 0 ] && ! grep -q '^FAIL node' "$log"; then
    report "FAIL node: $1 ended with $code: $(tail -n 3 "$work/node" | tr '\n' ' ')"
  fi
}
if [ -n "$node_ready" ]; then
  [ "${1:-}" = storage ] || run_node clients.mjs
  run_node storage.mjs
fi

passed=$(grep -c '^PASS' "$log")
failed=$(grep -c '^FAIL' "$log")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
