#!/bin/bash
# The step of action.yml: text in the log, ten annotations, the report in the job summary, SARIF in a file.
set -uo pipefail
words=()
while IFS= read -r word; do [ -n "$word" ] && words+=("--pack=$word"); done <<<"${COVAGE_PACK:-}"
while IFS= read -r word; do [ -n "$word" ] && words+=("$word"); done <<<"${COVAGE_OPTIONS:-}"
files=()
while IFS= read -r word; do [ -n "$word" ] && files+=("$word"); done <<<"$COVAGE_FILES"
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
covage-model validate "${words[@]}" --output "github=$folder/annotations" --output "markdown=$folder/summary" \
    --output "sarif=${COVAGE_SARIF:-covage-model.sarif}" -- "${files[@]}"
code=$?
[ -f "$folder/annotations" ] && cat "$folder/annotations"
# GitHub takes 1 MiB of a step's summary
[ -f "$folder/summary" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ] && head -c 1000000 "$folder/summary" >>"$GITHUB_STEP_SUMMARY"
exit "$code"
