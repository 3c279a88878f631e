# help.sh: help in both languages, usage, options.
. "$(dirname "$0")/kit.sh"

gives 'the overview names the verbs' 0 'replay' "$SHENCHA" --help
gives 'the overview in Chinese' 0 '案件脚本在某日的法律状态' "$SHENCHA" --help --lang zh
gives 'the language may stand before the verb' 0 '用法' "$SHENCHA" --lang zh replay --help
gives 'so may any option of all verbs' 0 '"day":"2026-02-03"' \
    "$SHENCHA" --json calendar add 2026-02-02 1
gives 'help VERB is VERB --help' 0 'Usage: shencha replay' "$SHENCHA" help replay
"$SHENCHA" >"$scratch/out" 2>"$scratch/err"
[ $? -eq 2 ] && ! [ -s "$scratch/out" ] && grep -q Usage "$scratch/err"
verdict $? 'no verb at all: the overview on standard error, exit 2' "$(cat "$scratch/err")"
faults 'an unknown verb is told' 2 'is not a verb' "$SHENCHA" replai
faults 'an unknown verb is told in the language asked for' 2 '没有"replai"' \
    "$SHENCHA" replai --lang zh
faults 'help for an unknown verb' 2 'is not a verb' "$SHENCHA" help replai
gives 'the version' 0 'shencha 0' "$SHENCHA" --version
faults 'an option that the program does not have' 2 '--versio' "$SHENCHA" --versio

verbs=$("$SHENCHA" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
[ "$(wc -w <<<"$verbs")" -ge 13 ]
verdict $? 'the overview lists every verb of the contract that exists' "$verbs"
for verb in $verbs; do
    gives "$verb has help" 0 "Usage: shencha $verb" "$SHENCHA" "$verb" --help
    gives "$verb has help in Chinese" 0 "用法：shencha $verb" "$SHENCHA" "$verb" --help --lang zh
    faults "$verb refuses an option that it does not have" 2 '--nonsense' \
        "$SHENCHA" "$verb" --nonsense
    faults "$verb refuses a short one, too" 2 "\`-x\`" "$SHENCHA" "$verb" -x
    faults "$verb refuses a flag with a value" 2 'takes no value' "$SHENCHA" "$verb" --json=yes
done
gives 'edition draw has help of its own' 0 'BPMN' "$SHENCHA" edition draw --help

faults 'a value is missing' 2 'needs a value' "$SHENCHA" replay "$example" --on
faults 'an empty value is a missing one' 2 'needs a value' "$SHENCHA" replay "$example" --law ''
gives 'a value after an equals sign' 0 '2026-03-04' "$SHENCHA" replay "$example" --on=2026-03-04
for day in 2026-13-01 2026-02-29 2026-2-3 20260203 1989-12-31 2150-01-01 today; do
    faults "$day is no day" 2 'is not a day' "$SHENCHA" replay "$example" --on "$day"
done
gives 'the first day there is' 0 'not opened' "$SHENCHA" replay "$example" --on 1990-01-01
gives 'the last day there is' 0 'overdue' "$SHENCHA" replay "$example" --on 2149-12-31
faults 'a number that is none' 2 'is not a whole number' "$SHENCHA" docket --limit many
faults 'no file at all' 2 'at least one file' "$SHENCHA" replay
faults 'no such thing for the calendar to do' 2 'add, count, show' "$SHENCHA" calendar ad
faults 'no such thing for editions to do' 2 'list, show, check' "$SHENCHA" edition lst
for verb in import act show docket verify backup export rebuild; do
    case $verb in
    act) set -- m declare --by operator ;;
    import | show | backup | export) set -- one ;;
    *) set -- ;;
    esac
    faults "$verb without a docket: which one" 2 'SHENCHA_DOCKET' "$SHENCHA" "$verb" "$@"
    faults "$verb where there is no docket" 3 "$scratch/none" \
        "$SHENCHA" "$verb" "$@" --docket "$scratch/none"
done

# Languages: an option goes before its own variable, that before the machine's.
gives 'the language of the environment' 0 '阶段' \
    env LC_ALL= LANG=zh_CN.UTF-8 "$SHENCHA" replay "$example"
gives 'its own variable goes first' 0 'Stage' \
    env LC_ALL=zh_CN.UTF-8 SHENCHA_LANG=en "$SHENCHA" replay "$example"
gives 'an option goes before both' 0 '阶段' \
    env SHENCHA_LANG=en "$SHENCHA" replay "$example" --lang zh
gives 'a language with its country' 0 '阶段' "$SHENCHA" replay "$example" --lang zh-CN
gives 'the C locale speaks English' 0 'Stage' env LC_ALL=C "$SHENCHA" replay "$example"
faults 'a language that it does not speak' 2 'zh or en' "$SHENCHA" replay "$example" --lang fr
faults 'a language that only begins like one' 2 'zh or en' "$SHENCHA" replay "$example" --lang zho
gives 'an empty variable says nothing' 0 'Stage' \
    env SHENCHA_LAW= SHENCHA_DATA= SHENCHA_LANG= "$SHENCHA" replay "$example"

# Every page of help fits a terminal.
wide=$(for language in en zh; do
    "$SHENCHA" --help --lang $language
    for verb in $verbs 'edition draw'; do
        # shellcheck disable=SC2086 # two words
        "$SHENCHA" $verb --help --lang $language
    done
done | node -e '
    const wide = /[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/gu;
    for (const line of require("node:fs").readFileSync(0, "utf8").split("\n")) {
        if ([...line].length + (line.match(wide) ?? []).length > 80) { console.log(line); }
    }')
[ -z "$wide" ]
verdict $? 'every line of help fits into 80 columns' "$wide"
plan
