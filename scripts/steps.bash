# Sourced by scripts/test and scripts/prove: runs named steps, times each, stops at the first that
# fails, and ends with the ten slowest.

step_log=$(mktemp -d)
step_times=$step_log/times
step_name=""
: >"$step_times"

# step NAME COMMAND… : runs the command; its output is shown as it comes.
step() {
    step_name=$1
    shift
    printf '\n── %s\n' "$step_name"
    local start=$EPOCHREALTIME
    # `set -e` holds inside, because the command is not part of a condition here.
    "$@" 2>&1 | tee "$step_log/output"
    note_time "$step_name" "$(elapsed_since "$start")"
    note_slow_tests
    step_name=""
}

# skip NAME REASON : a step that cannot run here says so; it is never silent.
skip() {
    printf '\n── %s\nSKIPPED: %s\n' "$1" "$2"
}

elapsed_since() {
    awk -v start="$1" -v end="$EPOCHREALTIME" 'BEGIN { printf "%.1f", end - start }'
}

note_time() {
    printf '%s\t%s\n' "$2" "$1" >>"$step_times"
}

# Swift Testing prints `✔ Test NAME passed after 1.234 seconds.`
note_slow_tests() {
    sed -nE 's/^. Test (.*) passed after ([0-9.]+) seconds\.$/\2\t  test: \1/p' "$step_log/output" |
        awk '$1 >= 0.5' >>"$step_times"
}

report_steps() {
    local status=$?
    if [ -n "$step_name" ]; then
        printf '\nFAILED: %s\n' "$step_name"
    fi
    printf '\nThe ten slowest steps (seconds):\n'
    sort -rn "$step_times" | head -10 | awk -F'\t' '{ printf "%8.1f  %s\n", $1, $2 }'
    rm -rf "$step_log"
    exit "$status"
}
trap report_steps EXIT
