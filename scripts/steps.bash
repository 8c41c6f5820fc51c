# Sourced by scripts/test and scripts/prove: runs named steps, times each, stops at the first that
# fails, and ends with the ten slowest.

step_times=$(mktemp)
step_name=""
step_start=0

# step NAME COMMAND… : runs the command; its output is shown as it comes.
step() {
    step_name=$1
    shift
    printf '\n── %s\n' "$step_name"
    step_start=$EPOCHREALTIME
    # `set -e` holds inside, because the command is not part of a condition here.
    "$@" 2>&1
    note_time
    step_name=""
}

# skip NAME REASON : a step that cannot run here says so; it is never silent.
skip() {
    printf '\n── %s\nSKIPPED: %s\n' "$1" "$2"
}

note_time() {
    awk -v start="$step_start" -v end="$EPOCHREALTIME" -v name="$step_name" \
        'BEGIN { printf "%.1f\t%s\n", end - start, name }' >>"$step_times"
}

report_steps() {
    local status=$?
    if [ -n "$step_name" ]; then
        note_time
        printf '\nFAILED: %s\n' "$step_name"
    fi
    printf '\nThe ten slowest steps (seconds):\n'
    sort -rn "$step_times" | head -10 | awk -F'\t' '{ printf "%8.1f  %s\n", $1, $2 }'
    rm -f "$step_times"
    exit "$status"
}
trap report_steps EXIT
