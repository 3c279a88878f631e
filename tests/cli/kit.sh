# kit.sh: what the parts of this suite share. Sourced; gives $scratch, and speaks English unless a
# case says otherwise.
set -u
number=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
unset LANG SHENCHA_LANG SHENCHA_DOCKET SHENCHA_LAW SHENCHA_DATA
export LC_ALL=C.UTF-8
example=docs/examples/core-routers.yaml

verdict() {   # verdict STATUS NAME [WHAT WAS SAID]
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        printf '%s\n' "${3-}" | head -n 20 | sed 's/^/# /'
    fi
}
# gives NAME STATUS PART COMMAND…: exit status, and this part somewhere in what is said.
gives() {
    local name=$1 wanted=$2 part=$3 said status
    shift 3
    said=$("$@" 2>&1)
    status=$?
    [ "$status" -eq "$wanted" ] && [[ $said == *"$part"* ]]
    verdict $? "$name" "exit $status, expected $wanted and: $part; said: $said"
}
# holds TEXT PARTS: every part is in the text; … stands between parts.
holds() {
    local text=$1 rest=$2
    while [[ $rest == *…* ]]; do
        [[ $text == *"${rest%%…*}"* ]] || return 1
        rest=${rest#*…}
    done
    [[ $text == *"$rest"* ]]
}
# faults NAME STATUS PARTS COMMAND…: exit status, nothing on standard output, and these parts in a
# sentence of the program on standard error.
faults() {
    local name=$1 wanted=$2 part=$3 out err status
    shift 3
    out=$("$@" 2>"$scratch/err")
    status=$?
    err=$(cat "$scratch/err")
    [ "$status" -eq "$wanted" ] && [ -z "$out" ] && [[ $err == 'shencha: '* ]] &&
        holds "$err" "$part"
    verdict $? "$name" "exit $status, expected $wanted and: $part; out: $out; err: $err"
}
# same NAME ONE OTHER: two texts are equal and not empty.
same() {
    [ -n "$2" ] && [ "$2" = "$3" ]
    verdict $? "$1" "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3"))"
}
# A value of the first JSON line on standard input: field .clocks.0.due
field() {
    node -e '
        const line = require("node:fs").readFileSync(0, "utf8").split("\n")[0];
        const names = process.argv[1].split(".").slice(1);
        console.log(JSON.stringify(names.reduce((value, name) => value?.[name], JSON.parse(line))));
    ' "$1"
}
plan() { echo "1..$number"; }
