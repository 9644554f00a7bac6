#!/usr/bin/env bash
# Prints every figure of server/docs/speed.md from one run.
#   tests/speed/table.sh BINARY FOLDER [LINES...]
# BINARY is the release binary, FOLDER one of specifications for the batch. LINES are the sizes of the generated
# modules: 300 1000 10000 100000 where none is said. SANY runs where $TLA2TOOLS names tla2tools.jar.
set -euo pipefail

binary=$(realpath "${1:?the release binary}")
folder=$(realpath "${2:?a folder of specifications}")
shift 2
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(300 1000 10000 100000)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bench() { (cd "$here/../.." && cargo bench --quiet -p tla-contract-engine --bench table -- "$@"); }

echo "## The engine: keystroke to findings"
bench "${sizes[@]}" 2>&1
modules=()
for size in "${sizes[@]}"; do
    mkdir -p "$work/$size"
    bench --module "$size" >"$work/$size/etcdraft.tla"
    modules+=("$work/$size/etcdraft.tla")
done
echo
echo "## The server: through stdio"
python3 "$here/server.py" "$binary" "${modules[@]}"
echo
echo "## The whole process, beside SANY's"
ROUNDS=${ROUNDS:-5} "$here/whole_process.sh" "$binary" "${modules[@]}"
echo
echo "## A batch, beside tree-sitter alone on the same bytes"
find "$folder" -name '*.tla' | sort >"$work/files"
TIMEFORMAT='processor: user %U s, system %S s; wall %R s'
echo "$(wc -l <"$work/files") files, $(xargs -d '\n' cat <"$work/files" | wc -c) bytes"
echo -n "check, "
time ("$binary" check --paths "$work/files" >/dev/null 2>&1 || true)
echo -n "tree-sitter alone: "
bench --parse "$work/files"
echo
echo "## The binary"
ls -l "$binary" | awk '{ printf "%.1f MB\n", $5 / 1e6 }'
