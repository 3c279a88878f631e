# law.sh: another law folder, another data folder, and what the environment says of both.
. "$(dirname "$0")/kit.sh"
. "$(dirname "$0")/notice.sh"

gives 'the built-in law is sound' 0 'No faults' "$SHENCHA" edition check
faults 'a law folder that is not there' 2 'cannot be read' \
    "$SHENCHA" edition list --law "$scratch/none"
faults 'a law folder that is a file' 2 'Not a directory' "$SHENCHA" edition list --law README.md
mkdir "$scratch/bare" "$scratch/many"
seq -f "$scratch/many/%.0f.yaml" 4097 | xargs touch
faults 'a folder of very many files' 2 'more than 4096' \
    "$SHENCHA" edition list --law "$scratch/many"
"$SHENCHA" replay "$example" --law "$scratch/bare" >"$scratch/out" 2>"$scratch/err"
[ $? -eq 2 ] && [ ! -s "$scratch/out" ] && [ -s "$scratch/err" ]
verdict $? 'a law folder in which nothing is' "$(cat "$scratch/out" "$scratch/err")"

# A law folder of one's own.
cp -r law "$scratch/law"
same 'the law from a folder is the built-in one' \
    "$("$SHENCHA" replay law/stories/cases/*.yaml --json)" \
    "$("$SHENCHA" replay law/stories/cases/*.yaml --json --law "$scratch/law")"
procedure=$scratch/law/editions/2022/procedure.yaml
sed -i 's/screening:   {working_days: 10/screening:   {working_days: 11/' "$procedure"
due() { "$SHENCHA" replay "$example" --json "$@" | field .clocks.0.due; }
same 'another law folder counts differently' '"2026-02-24"' "$(due --law "$scratch/law")"
same 'named by the environment' '"2026-02-24"' "$(SHENCHA_LAW=$scratch/law due)"
same 'an option goes before the environment' '"2026-02-24"' \
    "$(SHENCHA_LAW=$scratch/none due --law "$scratch/law")"
same 'the built-in law is as it was' '"2026-02-14"' "$(due)"
gives 'what changed' 0 '45  ⇒  90' "$SHENCHA" edition diff 2020 2022 --law "$scratch/law"
gives 'nothing changed' 0 'do not differ' "$SHENCHA" edition diff 2020 2020
sed -i 's/to: screening/to: scrreening/' "$procedure"
line=$(grep -n 'to: scrreening' "$procedure" | head -n 1 | cut -d: -f1)
gives 'a slip in the law: its line' 1 "procedure.yaml:$line:" \
    "$SHENCHA" edition check "$scratch/law"
gives 'and the word that was meant' 1 'screening' "$SHENCHA" edition check "$scratch/law"
gives 'in Chinese' 1 '没有"scrreening"' "$SHENCHA" edition check "$scratch/law" --lang zh
faults 'an edition with a slip is not run' 2 'procedure.yaml:' \
    "$SHENCHA" replay "$example" --law "$scratch/law"
faults 'nor drawn' 2 'procedure.yaml:' "$SHENCHA" edition draw 2022 --law "$scratch/law"
gives 'other editions of the folder go on' 0 'Cybersecurity Review Measures' \
    "$SHENCHA" edition show 2020 --law "$scratch/law"
printf '\xff' >>"$scratch/law/editions/2020/procedure.yaml"
gives 'bytes that are not UTF-8 in the law' 1 '2020/procedure.yaml:' \
    "$SHENCHA" edition check "$scratch/law"
faults 'an edition that there is not' 2 '"1999"' "$SHENCHA" edition show 1999
for edition in 2017-draft 2017 2019-draft 2020 2022; do
    "$SHENCHA" edition show $edition >"$scratch/out"
    missing=$("$SHENCHA" edition show $edition --json | node -e '
        const { acts } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        console.log(acts.map(({ act }) => act).join("\n"));' |
        while read -r act; do grep -q "^    $act " "$scratch/out" || echo "$act"; done)
    [ -z "$missing" ] && grep -q '^Words for case scripts' "$scratch/out"
    verdict $? "the edition $edition shows the words that scripts use" "$missing"
done

# A notice of one's own, laid over the built-in ones.
mkdir -p "$scratch/data/calendars"
notice_2027 >"$scratch/data/calendars/2027.yaml"
story=law/stories/2022/11-due-day-in-an-unpublished-year.yaml
later() { "$SHENCHA" replay "$story" --json "$@" | node -e '
    const { clocks } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    console.log(clocks[1].due, clocks[1].provisional);'; }
same 'without it the due day is provisional' '2027-01-05 true' "$(later)"
same 'with it firm, and where the notice puts it' '2027-01-06 false' \
    "$(later --data "$scratch/data")"
same 'named by the environment' '2027-01-06 false' "$(SHENCHA_DATA=$scratch/data later)"
same 'not before it was published' '2027-01-05 true' \
    "$(later --data "$scratch/data" --known-on 2026-11-19)"
same 'from the day on which it was' '2027-01-06 false' \
    "$(later --data "$scratch/data" --known-on 2026-11-20)"
gives 'text marks what is provisional' 0 '2027-01-05 Tue ~' "$SHENCHA" replay "$story"
gives 'and says what that means' 0 '~ provisional' "$SHENCHA" replay "$story"
said=$("$SHENCHA" replay "$story" --data "$scratch/data")
[[ $said == *2027-01-06* && $said != *provisional* ]]
verdict $? 'what is firm is not marked' "$said"
cp law/calendars/2026.yaml "$scratch/data/calendars/"
same 'a notice that is built in, word for word, may lie there too' '2027-01-06 false' \
    "$(later --data "$scratch/data")"
sed 's/worked: 2026-01-04/worked: 2026-01-10/' law/calendars/2026.yaml \
    >"$scratch/data/calendars/2026.yaml"
faults 'the same notice in other words stands against it' 2 'calendars/2026.yaml:' \
    "$SHENCHA" replay "$story" --data "$scratch/data"
printf 'number: [\n' >"$scratch/data/calendars/2026.yaml"
faults 'a broken notice: file, line, column' 2 'calendars/2026.yaml:' \
    "$SHENCHA" calendar add 2026-02-02 1 --data "$scratch/data"
faults 'a data folder that is not there' 2 'cannot be read' \
    "$SHENCHA" calendar add 2026-02-02 1 --data "$scratch/none"
plan
