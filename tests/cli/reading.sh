# reading.sh: where a script comes from, and what is wrong with it: file, line, column, exit 2.
. "$(dirname "$0")/kit.sh"

script() { printf "$2" >"$scratch/$1"; }   # script NAME FORMAT
act='{on: 2026-02-02, by: operator, act: declare, with: {materials: [declaration]}}'
# place NAME FILE PLACE PART TEXT: a script with a fault: the place and the sentence.
place() {
    printf '%b' "$5" >"$scratch/$2"
    faults "$1" 2 "$2:$3: …$4" "$SHENCHA" replay "$scratch/$2"
}

faults 'a file that is not there' 2 'none.yaml cannot be read' \
    "$SHENCHA" replay "$scratch/none.yaml"
faults 'a folder is no script' 2 'Is a directory' "$SHENCHA" replay "$scratch"
faults 'a file in something that is no folder' 2 'cannot be read' \
    "$SHENCHA" replay README.md/core.yaml
gives 'a script from standard input' 0 'core-routers' bash -c "\"$SHENCHA\" replay - <$example"
faults 'standard input that is closed' 2 'cannot be read' bash -c "\"$SHENCHA\" replay - <&-"
: >"$scratch/empty.yaml"
faults 'an empty file' 2 'empty.yaml:1:1' "$SHENCHA" replay "$scratch/empty.yaml"
cp "$example" "$scratch/-x.yaml" && cp "$example" "$scratch/名 字.yaml"
gives 'a name that begins with a dash, after --' 0 'core-routers' \
    bash -c "cd '$scratch' && '$SHENCHA' replay -- -x.yaml"
gives 'a name with a space, in Chinese' 0 'core-routers' "$SHENCHA" replay "$scratch/名 字.yaml"

# Bytes.
place 'bytes that are not UTF-8' bytes.yaml 1:7 '' 'case: \xff\nacts: []\n'
place 'a byte that is no character' nul.yaml 1:2 'The invisible character U+0000' 'a\x00b: 1\n'
place 'an overlong form' long.yaml 1:7 '' 'case: \xc0\xaf\nacts: []\n'
place 'half a surrogate' half.yaml 1:7 '' 'case: \xed\xa0\x80\nacts: []\n'
place 'a character that turns the line round' bidi.yaml 1:7 'cannot be the name of a case' \
    'case: a\xe2\x80\xaeb\nacts: []\n'
place 'the same, written as an escape' escape.yaml 1:7 'cannot be the name of a case' \
    'case: "a\\u202eb"\nacts: []\n'
printf '\xef\xbb\xbfacts:\r\n  - %s\r\n' "$act" >"$scratch/mark.yaml"
gives 'a byte order mark and the line ends of other systems' 0 'Filed' \
    "$SHENCHA" replay "$scratch/mark.yaml"
head -c 6000000 /dev/zero | tr '\0' 'a' >"$scratch/huge.yaml"
faults 'a file larger than is read' 2 'huge.yaml' "$SHENCHA" replay "$scratch/huge.yaml"
faults 'a stream that does not end' 2 '' bash -c "yes | \"$SHENCHA\" replay -"
head -c 300000 /dev/urandom >"$scratch/noise.yaml"
faults 'noise' 2 'noise.yaml:' "$SHENCHA" replay "$scratch/noise.yaml"

# YAML.
place 'a bracket that is not closed' open.yaml 3:1 '' 'acts:\n  - {on: 2020-09-01\n'
place 'a tab for indentation' tab.yaml 2:1 '' 'acts:\n\t- x\n'
place 'a key twice' twice.yaml 2:1 'The key "acts" stands twice' 'acts: []\nacts: []\n'
place 'an alias' alias.yaml 1:4 'Anchors' 'a: &a [x]\nb: *a\n'
place 'an alias bomb' bomb.yaml 1:5 'Anchors' "$(node -e '
    let text = "a0: &a0 [x, x]\\n";
    for (let i = 1; i < 40; i++) { text += `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]\\n`; }
    process.stdout.write(text);')"
place 'a tag' tag.yaml 1:7 'Tags (!)' 'case: !!str a\nacts: []\n'
place 'two documents' two.yaml 2:1 '' 'acts: []\n---\nacts: []\n'
for bracket in '[' '{a: ' '- '; do
    node -e 'process.stdout.write(process.argv[1].repeat(50000))' -- "$bracket" \
        >"$scratch/deep.yaml"
    faults "fifty thousand times $bracket" 2 'deep.yaml:' "$SHENCHA" replay "$scratch/deep.yaml"
done
place 'a list where a map was expected' list.yaml 1:1 '' '[1, 2]\n'
place 'one word' word.yaml 1:1 '' 'hello\n'

# Words and values.
place 'a word that a script does not have' word2.yaml 2:1 '"foo" is not a word' \
    'on: 2026-02-02\nfoo: 1\nacts: []\n'
place 'a day that does not exist' day.yaml 2:10 '' \
    'acts:\n  - {on: 2020-02-30, by: office, act: declare}\n'
place 'an edition that does not exist' edition.yaml 1:10 'There is no edition "1999"' \
    'edition: "1999"\non: 2026-02-02\nacts: []\n'
place 'a day before every edition' early.yaml 2:10 'No edition was in force' \
    'acts:\n  - {on: 2016-02-02, by: operator, act: declare}\n'
place 'nobody to ask' asked.yaml 1:13 '' 'recipients: []\non: 2026-02-02\nacts: []\n'
place 'a recipient that the edition does not know' asked2.yaml 1:14 '"member/csrc"' \
    'recipients: [member/csrc]\nedition: "2020"\non: 2021-02-02\nacts: []\n'
place 'a role that no edition knows' role.yaml 2:26 '"king"' \
    'acts:\n  - {on: 2026-02-02, by: king, act: declare}\n'
place 'an act that no edition knows' act.yaml 2:41 '"declar"' \
    'acts:\n  - {on: 2026-02-02, by: operator, act: declar}\n'
place 'a field that no act can be given' with.yaml 2:57 '"material"' \
    'acts:\n  - {on: 2026-02-02, by: operator, act: declare, with: {material: [declaration]}}\n'
place 'a word where a list was expected' with2.yaml 2:68 'must be a list' \
    'acts:\n  - {on: 2026-02-02, by: operator, act: declare, with: {materials: declaration}}\n'
place 'yes is no yes of YAML 1.2' yes.yaml 2:59 'must be true or false' \
    'acts:\n  - {on: 2026-02-02, by: operator, act: declare, assumed: yes}\n'
place 'no act and no day' noday.yaml 1:7 '"on"' 'acts: []\n'

# JSON is YAML; YAML 1.1 tools write the key on in quotes.
printf '{"acts": [{"on": "2026-02-02", "by": "operator", "act": "declare",
    "with": {"materials": ["declaration"]}}]}' >"$scratch/script.json"
printf 'acts:\n  - %s\n' "$act" >"$scratch/script.yaml"
same 'a script may be JSON' "$("$SHENCHA" replay "$scratch/script.yaml" --json)" \
    "$("$SHENCHA" replay "$scratch/script.json" --json)"

# Many files, one of them faulty, in the order given.
cp "$scratch/script.yaml" "$scratch/second.yaml"
"$SHENCHA" replay "$example" "$scratch/day.yaml" "$scratch/none.yaml" "$scratch/second.yaml" \
    "$example" --json >"$scratch/out" 2>"$scratch/err"
status=$?
names=$(node -e '
    const lines = require("node:fs").readFileSync(process.argv[1], "utf8").trimEnd().split("\n");
    console.log(lines.map((line) => JSON.parse(line).case).join(" "));' "$scratch/out")
[ $status -eq 2 ] && [ "$names" = 'core-routers second core-routers' ] &&
    [ "$(wc -l <"$scratch/err")" -eq 2 ]
verdict $? 'faulty files are told, the others come out in order, exit 2' "$status: $names"
"$SHENCHA" replay law/stories/*/*.yaml --json >"$scratch/out"
status=$?
files=$(ls law/stories/*/*.yaml | wc -l)
[ $status -eq 0 ] && [ "$(wc -l <"$scratch/out")" -eq "$files" ]
verdict $? 'every story in one run: one object a line, one line a file' "exit $status"
plan
