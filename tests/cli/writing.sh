# writing.sh: where the output goes: full disks, closed pipes, devices, files; JSON for programs.
. "$(dirname "$0")/kit.sh"

full() {   # full NAME COMMAND…: standard output is a full disk
    local name=$1 status
    shift
    "$@" >/dev/full 2>"$scratch/err"
    status=$?
    [ "$status" -eq 3 ] && grep -q '^shencha: .*No space left' "$scratch/err"
    verdict $? "$name" "exit $status: $(cat "$scratch/err")"
}
export SHENCHA_DOCKET=$scratch/docket
"$SHENCHA" init >/dev/null && "$SHENCHA" import law/stories/demo/*.yaml >/dev/null 2>&1

full 'replay on a full disk' "$SHENCHA" replay "$example"
full 'calendar on a full disk' "$SHENCHA" calendar show 2026
full 'edition on a full disk' "$SHENCHA" edition show 2022
full 'a drawing on a full disk' "$SHENCHA" edition draw 2022
full 'help on a full disk' "$SHENCHA" replay --help
full 'the docket on a full disk' "$SHENCHA" docket
full 'an export to a full disk' "$SHENCHA" export -
full 'a sound docket is no success when nobody can be told' "$SHENCHA" verify
"$SHENCHA" replay "$example" >&- 2>"$scratch/err"
[ $? -eq 3 ] && [ -s "$scratch/err" ]
verdict $? 'standard output that is closed' "$(cat "$scratch/err")"

early() {   # early NAME COMMAND…: the reader leaves after one line
    local name=$1
    shift
    { "$@" 2>"$scratch/err"; echo $? >"$scratch/status"; } | head -n 1 >/dev/null
    [ ! -s "$scratch/err" ] && grep -qxE '0|141' "$scratch/status"
    verdict $? "$name" "exit $(cat "$scratch/status"): $(cat "$scratch/err")"
}
early 'a reader that leaves early, a year' "$SHENCHA" calendar show 2026
early 'a reader that leaves early, an edition' "$SHENCHA" edition show 2022
early 'a reader that leaves early, many cases' "$SHENCHA" replay law/stories/*/*.yaml
early 'a reader that leaves early, an export' "$SHENCHA" export -

# A name that is there and is no file is written to, never put aside.
mkfifo "$scratch/pipe"
cat "$scratch/pipe" >"$scratch/read" &
"$SHENCHA" edition draw 2022 -o "$scratch/pipe"
status=$?
wait
[ $status -eq 0 ] && [ -p "$scratch/pipe" ] && [ -s "$scratch/read" ]
verdict $? 'a drawing into a pipe: it stays a pipe' "exit $status"
cat "$scratch/pipe" >"$scratch/read" &
"$SHENCHA" export "$scratch/pipe" >/dev/null
wait
[ -p "$scratch/pipe" ] && grep -q '^end' "$scratch/read"
verdict $? 'an export into a pipe: it stays a pipe'
if mknod "$scratch/full" c 1 7 2>/dev/null && ! [ "$(cat "$scratch/full" | head -c 1 | wc -c)" = 0 ]
then
    faults 'a drawing into a device that is full' 3 'No space left' \
        "$SHENCHA" edition draw 2022 -o "$scratch/full"
    faults 'an export into a device that is full' 3 'No space left' \
        "$SHENCHA" export "$scratch/full"
    [ -c "$scratch/full" ]
    verdict $? 'it stays a device'
fi

"$SHENCHA" edition draw 2022 >"$scratch/drawn"
"$SHENCHA" edition draw 2022 -o "$scratch/a.svg" && cmp -s "$scratch/drawn" "$scratch/a.svg"
verdict $? 'a drawing into a file is the same drawing'
chmod 640 "$scratch/a.svg" && ln -s a.svg "$scratch/link.svg"
"$SHENCHA" edition draw 2020 -o "$scratch/link.svg"
[ -L "$scratch/link.svg" ] && ! cmp -s "$scratch/drawn" "$scratch/a.svg" &&
    [ "$(stat -c %a "$scratch/a.svg")" = 640 ]
verdict $? 'a link stays a link, what it leads to is written and keeps its rights'
faults 'a drawing into a folder that is not there' 3 'cannot be written' \
    "$SHENCHA" edition draw 2022 -o "$scratch/none/a.svg"
faults 'a drawing over a folder' 3 'Is a directory' "$SHENCHA" edition draw 2022 -o "$scratch"
left=$(ls "$scratch" | grep part)
[ -z "$left" ]
verdict $? 'nothing half written is left behind' "$left"

# JSON: whatever prints data prints one object a line, and nothing else.
cat >"$scratch/lines.js" <<'END'
const text = require('node:fs').readFileSync(0, 'utf8');
if (!text.endsWith('\n')) { throw new Error('no line end at the end'); }
for (const line of text.trimEnd().split('\n')) {
    const value = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Error(`no object: ${line.slice(0, 60)}`);
    }
}
END
objects() {   # objects NAME COMMAND…
    local name=$1 said
    shift
    said=$("$@" --json 2>"$scratch/err" | node "$scratch/lines.js" 2>&1)
    verdict $? "$name" "$said $(cat "$scratch/err")"
}
objects 'JSON: a day' "$SHENCHA" calendar add 2026-02-02 10 --explain
objects 'JSON: a number of days' "$SHENCHA" calendar count 2026-02-02 2026-03-02
objects 'JSON: a year' "$SHENCHA" calendar show 2026
objects 'JSON: a notice that is checked' "$SHENCHA" calendar check law/calendars/2026.yaml
objects 'JSON: the editions' "$SHENCHA" edition list
for edition in 2017-draft 2017 2019-draft 2020 2022; do
    objects "JSON: the edition $edition" "$SHENCHA" edition show $edition --lang zh
done
objects 'JSON: what changed' "$SHENCHA" edition diff 2020 2022
objects 'JSON: what the check has to say' "$SHENCHA" edition check
objects 'JSON: positions' "$SHENCHA" replay law/stories/*/*.yaml --explain
objects 'JSON: stories' "$SHENCHA" story law/stories/2022/*.yaml
objects 'JSON: the docket' "$SHENCHA" docket --all
objects 'JSON: a matter' "$SHENCHA" show "$("$SHENCHA" docket --all --json |
    field .matter | tr -d '"')"
objects 'JSON: the docket is whole' "$SHENCHA" verify
objects 'JSON: an import' "$SHENCHA" import "$example"
objects 'JSON: an act that is refused' "$SHENCHA" act core-routers conclude --by operator \
    --on 2026-11-01
objects 'JSON: refolded' "$SHENCHA" rebuild
plan
