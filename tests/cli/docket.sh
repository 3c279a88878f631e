# docket.sh: the docket's verbs in turn, as a clerk and a script use them.
. "$(dirname "$0")/kit.sh"

# init
gives 'a new docket' 0 "$scratch/one" "$SHENCHA" init "$scratch/one"
gives 'its folder belongs to its owner alone' 0 '700' stat -c %a "$scratch/one"
export SHENCHA_DOCKET=$scratch/one
head_of() { "$SHENCHA" verify --json | field .head; }
before=$(head_of)
faults 'no docket is made over another' 2 'already' "$SHENCHA" init
same 'and that one is as it was' "$before" "$(head_of)"
faults 'no docket inside a file' 3 'README.md' "$SHENCHA" init README.md
faults 'a hash that this program does not have' 2 'sm3 or sha256' \
    "$SHENCHA" init "$scratch/two" --hash md5
[ ! -e "$scratch/two" ]
verdict $? 'nothing is made when something is wrong'
gives 'a docket chained by SHA-256' 0 '' "$SHENCHA" init "$scratch/sha" --hash sha256
gives 'says so' 0 '"hash":"sha256"' "$SHENCHA" verify --json --docket "$scratch/sha"
gives 'an empty docket has no matters' 0 'Matters: 0' "$SHENCHA" docket

# import
gives 'a script goes in, its refused act is told with its clause, exit 1' 1 '(clause 11)' \
    "$SHENCHA" import "$example"
noted=$(head_of)
gives 'the same script again: nothing new' 1 '0 new, 5 known' "$SHENCHA" import "$example"
same 'and nothing was written' "$noted" "$(head_of)"
sed 's/^  - {on: 2026-03-06.*/  - {on: 2026-03-06, by: office, act: assess}/' "$example" \
    >"$scratch/grown.yaml"
gives 'a script that grew adds its new acts' 0 '1 new, 5 known' \
    "$SHENCHA" import "$scratch/grown.yaml"
sed 's/2026-02-04/2026-02-05/' "$example" >"$scratch/other.yaml"
noted=$(head_of)
"$SHENCHA" import "$scratch/other.yaml" >"$scratch/out" 2>&1
status=$?
[ $status -ne 0 ] && [ "$noted" = "$(head_of)" ]
verdict $? 'a script that contradicts the record is refused whole' "$status $(cat "$scratch/out")"
printf 'acts: [\n' >"$scratch/broken.yaml"
"$SHENCHA" import "$scratch/broken.yaml" law/stories/demo/02-*.yaml "$scratch/none" --json \
    >"$scratch/out" 2>"$scratch/err"
[ $? -eq 2 ] && [ "$(wc -l <"$scratch/out")" -eq 1 ] && [ "$(wc -l <"$scratch/err")" -eq 2 ]
verdict $? 'faulty files are told, the others go in, exit 2' "$(cat "$scratch/out" "$scratch/err")"

# act
noted=$(head_of)
faults 'an act that no edition knows' 2 '"circulat"' \
    "$SHENCHA" act core-routers circulat --by office --on 2026-03-10
faults 'a role that no edition knows' 2 '"king"' \
    "$SHENCHA" act core-routers circulate --by king --on 2026-03-10
faults 'nobody who does it' 2 '--by' "$SHENCHA" act core-routers circulate --on 2026-03-10
faults 'no act' 2 '--by' "$SHENCHA" act core-routers --by office
faults 'what it is given is no JSON' 2 '--with' \
    "$SHENCHA" act core-routers suggest --by office --on 2026-03-10 --with '{"finding"'
faults 'what it is given is a list' 2 '' \
    "$SHENCHA" act core-routers suggest --by office --on 2026-03-10 --with '["pass"]'
faults 'a field that it cannot be given' 2 '"found"' \
    "$SHENCHA" act core-routers suggest --by office --on 2026-03-10 --with '{"found": "pass"}'
faults 'a name that cannot be one' 2 'cannot be the name' "$SHENCHA" act ' ' declare --by operator
faults 'a key that cannot be one' 2 'cannot be a key' \
    "$SHENCHA" act core-routers suggest --by office --key $'a\nb'
gives 'not open at this stage: the clause, exit 1' 1 'clause 12' \
    "$SHENCHA" act core-routers conclude --by office --on 2026-03-10
gives 'by the wrong hand: the clause, exit 1' 1 'clause 11' \
    "$SHENCHA" act core-routers suggest --by operator --on 2026-03-10 --with '{"finding":"pass"}'
gives 'before what was done last: exit 1' 1 '2026-03-06' \
    "$SHENCHA" act core-routers suggest --by office --on 2026-03-01 --with '{"finding":"pass"}'
gives 'of another edition: exit 1' 1 'Refused' \
    "$SHENCHA" act core-routers find_breach --by office --on 2026-03-10
gives 'no matter yet, and no opening act: exit 1' 1 'not open' \
    "$SHENCHA" act nobody decide_need --by office --on 2026-03-10 --with '{"need":true}'
same 'none of that was written' "$noted" "$(head_of)"
suggest=(act core-routers suggest --by office --on 2026-03-10 --with '{"finding": "pass"}')
gives 'an act is done, and the matter shown' 0 'finding: pass' "$SHENCHA" "${suggest[@]}" --key k1
noted=$(head_of)
gives 'the same act with the same key: harmless' 0 'Preliminary' "$SHENCHA" "${suggest[@]}" --key k1
same 'and nothing was written' "$noted" "$(head_of)"
"$SHENCHA" act core-routers extend --by office --on 2026-03-10 --key k1 >"$scratch/out" 2>&1
status=$?
[ $status -ne 0 ] && [ "$noted" = "$(head_of)" ]
verdict $? 'the same key for another act is not taken for it' "$status: $(cat "$scratch/out")"
days() { TZ=Asia/Shanghai date +%F; }
for zone in Pacific/Kiritimati Pacific/Pago_Pago; do
    from=$(days)
    on=$(TZ=$zone "$SHENCHA" act "today-$zone" declare --by operator --json --with \
        '{"materials":["declaration","analysis_report","procurement_document"]}' | field .on)
    [ "$on" = "\"$from\"" ] || [ "$on" = "\"$(days)\"" ]
    verdict $? "without a day it is today in Beijing, in the zone $zone" "$on, $from"
done
gives 'a new matter with its facts and its edition' 0 '"edition":"2020"' \
    "$SHENCHA" act old declare --by operator --on 2021-03-01 --edition 2020 --json \
    --case '{"recipients": ["member/cac"]}' \
    --with '{"materials":["declaration","analysis_report","procurement_document"]}'
gives 'an act whose day is not public' 0 '"assumed":[2]' \
    "$SHENCHA" act old accept_materials --by center --on 2021-03-02 --assumed --json

# show
faults 'a matter that is not there' 2 'docket --all' "$SHENCHA" show nobody
same 'a matter as of a day is what a replay of its script says' \
    "$("$SHENCHA" replay "$example" --on 2026-03-04 --json)" \
    "$("$SHENCHA" show core-routers --on 2026-03-04 --json)"
same 'also with the reason for every day' \
    "$("$SHENCHA" replay "$example" --on 2026-03-05 --json --explain)" \
    "$("$SHENCHA" show core-routers --on 2026-03-05 --json --explain)"
gives 'before it was opened' 0 'not opened' "$SHENCHA" show core-routers --on 2026-01-01

# docket
"$SHENCHA" import law/stories/demo/*.yaml >/dev/null 2>&1
list() { "$SHENCHA" docket --json --on 2026-11-23 "$@"; }
check() {   # check NAME JAVASCRIPT ARGUMENTS…: true of the rows
    local name=$1 code=$2
    shift 2
    said=$(list "$@" | node -e "
        const text = require('node:fs').readFileSync(0, 'utf8').trimEnd();
        const rows = text ? text.split('\n').map((line) => JSON.parse(line)) : [];
        if (!($code)) { console.log(JSON.stringify(rows)); process.exit(1); }" 2>&1)
    verdict $? "$name" "$said"
}
check 'open matters only, overdue ones first, then by due day' 'rows.length > 10 &&
    rows.every(({ outcome }) => outcome === null) && rows.every(({ state, due }, at) => at === 0 ||
    (rows[at - 1].state === "overdue") > (state === "overdue") ||
    (rows[at - 1].state === "overdue") === (state === "overdue") &&
    (due === null || rows[at - 1].due !== null && rows[at - 1].due <= due))'
check 'with the ended ones there are more' 'rows.some(({ outcome }) => outcome !== null)' --all
check 'overdue ones' 'rows.length > 0 && rows.every(({ state }) => state === "overdue")' --overdue
check 'held ones' 'rows.length > 0 && rows.every(({ state }) => state === "held")' --held
check 'one stage' 'rows.length > 0 && rows.every(({ stage }) => stage === "consultation")' \
    --stage consultation
check 'one edition' 'rows.length > 0 && rows.every(({ edition }) => edition === "2020")' \
    --edition 2020
check 'due before a day' 'rows.length > 0 && rows.every(({ due }) => due < "2026-12-15")' \
    --due-before 2026-12-15
check 'no more than asked for' 'rows.length === 3' --limit 3
faults 'a stage that no edition knows' 2 'nowhere' "$SHENCHA" docket --stage nowhere
faults 'an edition that there is not' 2 '1999' "$SHENCHA" docket --edition 1999
rows=$(list --all | wc -l)
gives 'the table counts what it lists' 0 "Matters: $rows, as of 2026-11-23" \
    "$SHENCHA" docket --all --on 2026-11-23

# verify, rebuild
gives 'the docket is whole' 0 'Whole.' "$SHENCHA" verify
gives 'and says so in Chinese' 0 '完整' "$SHENCHA" verify --lang zh
noted=$(head_of) listed=$(list --all)
gives 'all rows folded anew' 0 "matters: $rows" "$SHENCHA" rebuild
same 'list what they listed' "$listed" "$(list --all)"
same 'and the record is untouched' "$noted" "$(head_of)"

# backup, export, import of an export
gives 'a backup' 0 'Copied' "$SHENCHA" backup "$scratch/copy.db"
faults 'no backup over another file' 2 'exists already' "$SHENCHA" backup "$scratch/copy.db"
mkdir "$scratch/restored" && cp "$scratch/copy.db" "$scratch/restored/docket.db"
same 'is a docket that has the same head' "$noted" \
    "$("$SHENCHA" verify --json --docket "$scratch/restored" | field .head)"
gives 'an export' 0 'Exported' "$SHENCHA" export "$scratch/all.txt"
same 'is the same on standard output' "$(cat "$scratch/all.txt")" "$("$SHENCHA" export -)"
"$SHENCHA" init "$scratch/moved" >/dev/null
gives 'an export goes into a new docket' 0 ' new, 0 known' \
    "$SHENCHA" import "$scratch/all.txt" --docket "$scratch/moved"
same 'and has the same head there' "$noted" \
    "$("$SHENCHA" verify --json --docket "$scratch/moved" | field .head)"
same 'and lists the same' "$listed" "$(list --all --docket "$scratch/moved")"
sed 's/"decide_need"/"decide_need "/' "$scratch/all.txt" >"$scratch/changed.txt"
head -n -1 "$scratch/all.txt" >"$scratch/cut.txt"
head -c 5000 "$scratch/all.txt" >"$scratch/torn.txt"
for file in changed cut torn; do
    "$SHENCHA" init "$scratch/$file" >/dev/null
    empty=$("$SHENCHA" verify --json --docket "$scratch/$file" | field .head)
    "$SHENCHA" import "$scratch/$file.txt" --docket "$scratch/$file" >"$scratch/out" 2>&1
    status=$?
    [ $status -ne 0 ] && [ -s "$scratch/out" ] &&
        [ "$empty" = "$("$SHENCHA" verify --json --docket "$scratch/$file" | field .head)" ]
    verdict $? "an export that is $file is refused whole" "$status: $(cat "$scratch/out")"
done

# Which docket: the option goes before the variable.
gives 'the option goes before the variable' 0 '"hash":"sha256"' \
    "$SHENCHA" verify --json --docket "$scratch/sha"
faults 'a folder that is no docket' 3 'init' "$SHENCHA" docket --docket "$scratch"
mkdir "$scratch/text" && echo hello >"$scratch/text/docket.db"
faults 'a file that is no docket' 3 'docket.db' "$SHENCHA" docket --docket "$scratch/text"

# A new notice: the provisional day becomes firm, and every change is told.
. "$(dirname "$0")/notice.sh"
notice_2027 >"$scratch/2027.yaml"
"$SHENCHA" init "$scratch/later" >/dev/null
export SHENCHA_DOCKET=$scratch/later
"$SHENCHA" import law/stories/2022/11-due-day-in-an-unpublished-year.yaml >/dev/null
name=$("$SHENCHA" docket --on 2026-11-23 --json | field .matter | tr -d '"')
due() { "$SHENCHA" docket --on 2026-11-23 --json | node -e '
    const [row] = require("node:fs").readFileSync(0, "utf8").split("\n");
    const { due, provisional } = JSON.parse(row);
    console.log(due, provisional);'; }
same 'a due day in 2027 is provisional' '2027-01-05 true' "$(due)"
gives 'a notice is checked' 0 '2027' "$SHENCHA" calendar check "$scratch/2027.yaml"
gives 'a notice is adopted; the day that moves is listed' 0 "$name" \
    "$SHENCHA" calendar adopt "$scratch/2027.yaml"
same 'the due day is firm, and where the notice puts it' '2027-01-06 false' "$(due)"
gives 'the docket is whole after that' 0 'Whole.' "$SHENCHA" verify
noted=$(head_of)
"$SHENCHA" calendar adopt "$scratch/2027.yaml" >"$scratch/out" 2>&1
same 'the same notice again changes nothing' "$noted" "$(head_of)"
sed '/national:/d' "$scratch/2027.yaml" >"$scratch/half.yaml"
faults 'a notice that forgets a holiday is not adopted' 2 'half.yaml:' \
    "$SHENCHA" calendar adopt "$scratch/half.yaml"
plan
