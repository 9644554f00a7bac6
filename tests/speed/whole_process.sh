#!/usr/bin/env bash
# Prints what one process of ours costs beside one of SANY's on the same files, and a batch over all cores.
#   tests/speed/whole_process.sh BINARY FILE.tla...
# SANY runs where $TLA2TOOLS names tla2tools.jar and java is found; else its column says so.
set -euo pipefail

binary=${1:?the release binary}
shift
rounds=${ROUNDS:-10}

# The median of several runs of a command, in milliseconds.
median() {
    for _ in $(seq "$rounds"); do
        local begin end
        begin=$(date +%s%N)
        "$@" >/dev/null 2>&1 || true
        end=$(date +%s%N)
        echo $(((end - begin) / 1000))
    done | sort -n | awk '{ all[NR] = $1 } END { printf "%.1f", all[int((NR + 1) / 2)] / 1000 }'
}

echo "| file | lines | check, ms | SANY, ms | ratio |"
echo "|---|---|---|---|---|"
for file in "$@"; do
    ours=$(median "$binary" check "$file")
    if [ -n "${TLA2TOOLS:-}" ] && command -v java >/dev/null; then
        sany=$(median java -XX:+UseParallelGC -cp "$TLA2TOOLS" tla2sany.SANY "$file")
        ratio=$(awk -v sany="$sany" -v ours="$ours" 'BEGIN { printf "%.0f", sany / ours }')
    else
        sany="not run" ratio=""
    fi
    echo "| $(basename "$file") | $(wc -l <"$file") | $ours | $sany | $ratio |"
done
echo
echo "start-up (--version): $(median "$binary" --version) ms"
echo "all files in one batch: $(median "$binary" check "$@") ms"
