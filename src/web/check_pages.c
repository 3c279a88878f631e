/* check_pages.c: the formal check of what was filed.
 *
 *   what the edition asks ─┐
 *   what was filed ────────┴▶ items ─ marks, remarks ─▶ accept │ return, with reasons
 *                                                             ▼
 *                                                   the act's own way (act_pages.c) */
#include "checkpage.h"

#include "actpage.h"
#include "chance.h"
#include "pages.h"

enum { STATUS_FAULTS = 422, ITEM_NAME_BYTES_MAX = 128 };

typedef struct Checking {
    Request *request;
    Folded folded;
    Case of;
    const MayDo *accept, *send_back;   /* NULL: not possible now */
    CheckView view;
} Checking;

/* ---- which acts ---- */

static bool asks_complete(const Branch *branch)
{
    for (uint8_t i = 0; i < branch->needs_count; i++) {
        if (branch->needs[i].kind == GUARD_COMPLETE) {
            return true;
        }
    }
    return false;
}

/* Does a stage's work consist of looking whether what was filed is complete? */
static bool checks_form(const Edition *edition, StageId stage)
{
    for (size_t i = 0; stage != ID_NONE && i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            if ((branch->in >> stage & 1) && asks_complete(branch)) {
                return true;
            }
        }
    }
    return false;
}

/* Is something filed again from that stage? */
static bool files_again(const Edition *edition, StageId stage)
{
    FieldId materials = edition_field(edition, STR("materials"));
    for (size_t i = 0; stage != ID_NONE && materials != ID_NONE && i < edition->acts_count; i++) {
        for (uint8_t j = 0; j < edition->acts[i].branches_count; j++) {
            const Branch *branch = &edition->acts[i].branches[j];
            if ((branch->in >> stage & 1) && (branch->asks >> materials & 1)) {
                return true;
            }
        }
    }
    return false;
}

CheckStep check_step(const Edition *edition, StageId stage, const Branch *branch)
{
    if (asks_complete(branch)) {
        return CHECK_ACCEPTS;
    }
    return branch->to != stage && !branch->asks && checks_form(edition, stage) &&
           files_again(edition, branch->to) ? CHECK_RETURNS : CHECK_NOT;
}

/* ---- what was filed ---- */

/* What was given last in a field, by an act that this reader sees whole. */
static const Value *filed(const Checking *checking, const char *field)
{
    const CaseFile *file = checking->of.file;
    FieldId id = edition_field(checking->of.say.edition, str_from(field));
    for (size_t i = file->acts_count; id != ID_NONE && i > 0; i--) {
        const SeenAct *seen = &file->acts[i - 1];
        const Value *value = seen->sight == SIGHT_FULL ? act_given(seen->done->act, id) : NULL;
        if (value) {
            return value;
        }
    }
    return NULL;
}

static bool among(const Value *value, Str id)
{
    for (size_t i = 0; value && value->kind == VALUE_MANY && i < value->many_count; i++) {
        if (str_eq(value->many[i], id)) {
            return true;
        }
    }
    return false;
}

/* Does the material belong to what this filing rests on? */
static bool fits(const Checking *checking, const Material *material)
{
    if (material->when_field == ID_NONE) {
        return true;
    }
    const Field *field = &checking->of.say.edition->fields[material->when_field];
    const Value *value = filed(checking, str_terminated(checking->request->arena, field->id));
    Str word = value && value->kind == VALUE_TEXT ? value->text : field->fallback;
    return str_eq(word, material->when_value);
}

/* Does the filing name this document ("d17 analysis_report 9f…")? Those of a filing before that it
 * does not keep are no part of it. */
static bool named_in(const Value *documents, Str id)
{
    for (size_t i = 0; documents && documents->kind == VALUE_MANY && i < documents->many_count;
         i++) {
        Str line = documents->many[i];
        if (str_eq(str_part(line, 0, str_find(line, ' ')), id)) {
            return true;
        }
    }
    return false;
}

static const PaperSaid *papers_for(const Checking *checking, const CaseView *seen, Str kind,
                                   size_t *ret_count)
{
    const Value *documents = filed(checking, "documents");
    PaperSaid *papers = ARENA_MANY(checking->request->arena, PaperSaid, seen->papers_count + 1);
    *ret_count = 0;
    for (size_t i = 0; i < seen->papers_count; i++) {
        if (str_eq(seen->papers[i].kind_id, kind) && named_in(documents, seen->papers[i].id)) {
            papers[(*ret_count)++] = seen->papers[i];
        }
    }
    return papers;
}

/* ---- what was typed ---- */

static const Str mark_words[MARK_COUNT] = {
    [MARK_NONE] = {"", 0}, [MARK_FINE] = {"fine", 4}, [MARK_MISSING] = {"missing", 7},
    [MARK_WRONG] = {"wrong", 5}};

static Str typed_of(const Checking *checking, const char *what, Str id)
{
    Buf name = buf_new(ITEM_NAME_BYTES_MAX);
    buf_print(&name, "%s.%.*s", what, STR_ARG(id));
    Str text = str_trim(typed_get(&checking->request->typed, buf_str(&name)));
    buf_done(&name);
    return text;
}

/* What is asked for and was not filed is missing, unless somebody marks it otherwise. */
static void put_typed(const Checking *checking, CheckItem *item)
{
    Str word = typed_of(checking, "mark", item->id);
    item->remark = typed_of(checking, "remark", item->id);
    for (int mark = MARK_FINE; mark < MARK_COUNT; mark++) {
        item->mark = str_eq(word, mark_words[mark]) ? (CheckMark)mark : item->mark;
    }
    if (item->mark == MARK_NONE && item->needed && !item->given) {
        item->mark = MARK_MISSING;
    }
}

/* Why the filing before was returned, as far as it speaks of this item: "analysis_report: …". */
static void put_before(const Checking *checking, CheckItem *item)
{
    const Value *reasons = filed(checking, "reasons");
    size_t count = reasons && reasons->kind == VALUE_MANY ? reasons->many_count : 0;
    Str *before = ARENA_MANY(checking->request->arena, Str, count + 1);
    for (size_t i = 0; i < count; i++) {
        Str line = reasons->many[i];
        size_t colon = str_find(line, ':');
        if (str_eq(str_part(line, 0, colon), item->id)) {
            before[item->before_count++] = str_trim(str_part(line, colon + 1, line.len));
        }
    }
    item->before = before;
}

/* ---- the items ---- */

static void put_materials(Checking *checking, const CaseView *seen)
{
    const Case *of = &checking->of;
    const Edition *edition = of->say.edition;
    const Value *named = filed(checking, "materials");
    CheckItem *items = ARENA_MANY(of->say.arena, CheckItem, edition->materials_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < edition->materials_count; i++) {
        const Material *material = &edition->materials[i];
        if (!fits(checking, material) && !among(named, material->id)) {
            continue;
        }
        CheckItem *item = &items[count++];
        *item = (CheckItem){
            .id = material->id, .given = among(named, material->id),
            .name = lawwords_get(of->say.reader.words, "material", material->id),
            .clause = say_cited(&of->say, material->clause),
            .needed = !material->optional && fits(checking, material), .fault = WORD_NONE};
        item->papers = papers_for(checking, seen, material->id, &item->papers_count);
        put_before(checking, item);
        put_typed(checking, item);
    }
    checking->view.materials = items;
    checking->view.materials_count = count;
}

/* Are commitments asked for here: is something purchased, or did the filing speak of them? */
static bool asks_promises(const Checking *checking)
{
    const Edition *edition = checking->of.say.edition;
    FieldId id = edition_field(edition, STR("ground"));
    const Value *ground = filed(checking, "ground");
    return id == ID_NONE || !ground || ground->kind != VALUE_TEXT ||
           str_eq(ground->text, edition->fields[id].fallback) || filed(checking, "commitments");
}

static void put_promises(Checking *checking)
{
    const Case *of = &checking->of;
    const List *list =
        asks_promises(checking) ? edition_list(of->say.edition, STR("commitments")) : NULL;
    const Value *given = filed(checking, "commitments"), *lines = filed(checking, "undertakings");
    CheckItem *items = ARENA_MANY(of->say.arena, CheckItem, list ? list->count + 1 : 1);
    size_t count = 0;
    for (; list && count < list->count; count++) {
        const ListItem *promise = &list->items[count];
        CheckItem *item = &items[count];
        *item = (CheckItem){
            .id = promise->id, .given = among(given, promise->id),
            .name = lawwords_get(of->say.reader.words, "commitment", promise->id),
            .clause = say_cited(&of->say, promise->clause), .fault = WORD_NONE};
        for (size_t i = 0; lines && lines->kind == VALUE_MANY && i < lines->many_count; i++) {
            Str line = lines->many[i];
            if (str_eq(str_part(line, 0, str_find(line, ':')), promise->id)) {
                item->told = say_undertaking(&of->say, line);
            }
        }
        put_before(checking, item);
        put_typed(checking, item);
    }
    checking->view.promises = items;
    checking->view.promises_count = count;
}

/* What was declared: in order unless somebody says otherwise. */
static void put_facts(Checking *checking, const CaseView *seen)
{
    const Say *say = &checking->of.say;
    CheckItem *items = ARENA_MANY(say->arena, CheckItem, seen->facts_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < seen->facts_count; i++) {
        const FactSaid *fact = &seen->facts[i];
        if (fact->key.len) {
            CheckItem *item = &items[count++];
            Buf id = buf_new(ITEM_NAME_BYTES_MAX);
            buf_print(&id, "fact-%.*s", STR_ARG(fact->key));
            *item = (CheckItem){.id = str_copy(say->arena, buf_str(&id)), .name = fact->label,
                                .told = say_list(say, fact->values, fact->values_count),
                                .given = true, .fact = true, .fault = WORD_NONE};
            buf_done(&id);
            put_typed(checking, item);
            item->mark = item->mark == MARK_NONE ? MARK_FINE : item->mark;
        }
    }
    checking->view.facts = items;
    checking->view.facts_count = count;
}

/* ---- the page ---- */

/* The matter, when its form is this reader's to check today. False: the reply is made. */
static bool check_open(Checking *checking, Reply *reply)
{
    Request *request = checking->request;
    const CaseFile *file = request_case(request, reply, request->rest[0], &checking->folded);
    if (!file) {
        return false;
    }
    const Position *position = file->position;
    bool today = position->on == request->today && (request->who->person.may & MAY_ACT);
    for (size_t i = 0; today && i < file->may_count; i++) {
        const MayDo *may = &file->may[i];
        CheckStep step = check_step(position->edition, position->matter->stage, may->branch);
        checking->accept = may->mine && step == CHECK_ACCEPTS ? may : checking->accept;
        checking->send_back = may->mine && step == CHECK_RETURNS ? may : checking->send_back;
    }
    if (!checking->accept && !checking->send_back) {
        folded_done(&checking->folded);
        reply_not_there(request, reply);
        return false;
    }
    checking->of = (Case){request, file, say_of(request, position->edition)};
    return true;
}

static Str act_name(const Checking *checking, const MayDo *may)
{
    return may ? lawwords_get(checking->of.say.reader.words, "act", may->act->id) : STR_NONE;
}

static ClauseLink clause_of_promises(const Checking *checking)
{
    const Branch *branch = checking->accept ? checking->accept->branch : NULL;
    for (uint8_t i = 0; branch && i < branch->warns_count; i++) {
        if (branch->warns[i].kind == GUARD_COMPLETE) {
            return say_cited(&checking->of.say, branch->warns[i].clause);
        }
    }
    return (ClauseLink){.text = STR_NONE};
}

/* How many working days each open period still has. */
static const Str *left_of(const Case *of, const CaseView *seen)
{
    Str *left = ARENA_MANY(of->say.arena, Str, seen->clocks_open + 1);
    for (size_t i = 0; i < seen->clocks_open; i++) {
        const ClockView *clock = of->file->clocks[seen->clocks[i].number - 1];
        int days = clock->run->allowed - clock->status.used;
        left[i] = days < 0
                      ? SAY(&of->say, WORD_DESK_OVERDUE_BY, say_working_days(&of->say, -days))
                      : SAY(&of->say, WORD_DESK_LEFT, say_working_days(&of->say, days));
    }
    return left;
}

static Fail put_view(Checking *checking, Fault *fault)
{
    const Case *of = &checking->of;
    CheckView *view = &checking->view;
    CaseView seen = {.name = STR_NONE};
    Fail fail = case_papers(of, &seen, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    case_facts(of, &seen);
    case_clocks(of, &seen);
    *view = (CheckView){
        .matter = of->file->position->name, .title = case_title(of),
        .action = checking->request->path,
        .clocks = seen.clocks, .clocks_count = seen.clocks_open, .left = left_of(of, &seen),
        .accept = act_name(checking, checking->accept),
        .send_back = act_name(checking, checking->send_back),
        .reasons = typed_get(&checking->request->typed, STR("reasons")),
        .note = typed_get(&checking->request->typed, STR("note")), .fault = WORD_NONE};
    view->promises_clause = clause_of_promises(checking);
    if (checking->accept) {
        view->accept_clause = say_cited(&of->say, checking->accept->clause);
    }
    if (checking->send_back) {
        view->send_back_clause = say_cited(&of->say, checking->send_back->clause);
    }
    put_materials(checking, &seen);
    put_promises(checking);
    put_facts(checking, &seen);
    return FAIL_NONE;
}

/* Writes the page and ends the fold. */
static void show(Checking *checking, Reply *reply, int status)
{
    Request *request = checking->request;
    CheckView *view = &checking->view;
    Str key = typed_get(&request->typed, STR("key"));
    Buf seen = {0};
    buf_put_int(&seen, (int64_t)casefile_seen(checking->of.file));
    view->seen = str_copy(request->arena, buf_str(&seen));
    view->key = key.len && key.len <= ACT_KEY_BYTES_MAX ? key : chance_token(request->arena);
    reply->status = status;
    PageHead head = {.title = say_plain(&checking->of.say, WORD_FORMAL_TITLE), .here = "matters",
                     .no_heading = true};
    Out out = request_page(request, reply, &head);
    page_check(&out, view);
    request_page_end(request, &out);
    folded_done(&checking->folded);
    buf_done(&seen);
}

static void check_show(Request *request, Reply *reply)
{
    Fault fault;
    Checking checking = {.request = request};
    if (!check_open(&checking, reply)) {
        return;
    }
    if (put_view(&checking, &fault) == FAIL_NONE) {
        show(&checking, reply, 200);
    } else {
        folded_done(&checking.folded);
        reply_fault(request, reply, &fault);
    }
}

/* ---- what follows from the marks ---- */

static void find_faults(CheckView *view, const CheckItem *items, size_t count, bool accepts)
{
    for (size_t i = 0; i < count; i++) {
        CheckItem *item = (CheckItem *)&items[i];
        if (accepts && item->needed && (item->mark != MARK_FINE || !item->given)) {
            item->fault = item->mark == MARK_NONE   ? WORD_FORMAL_LOOK
                          : item->mark == MARK_FINE ? WORD_FORMAL_NOT_THERE
                                                    : WORD_FORMAL_NOT_FINE;
        } else if (!accepts && item->mark == MARK_WRONG && item->remark.len == 0) {
            item->fault = WORD_FORMAL_SAY_WHAT;
        }
        view->faults += item->fault != WORD_NONE;
    }
}

typedef struct Reasons {
    Typed *at;
    size_t count;
} Reasons;

static void add(Reasons *reasons, const char *name, Str value)
{
    if (value.len) {
        reasons->at[reasons->count++] = (Typed){str_from(name), value};
    }
}

/* A reason for each item that is not in order: "analysis_report: …", which the next filing shows
 * beside that material; of what was declared by its name. */
static void add_reasons(const Checking *checking, Reasons *reasons, const CheckItem *items,
                        size_t count)
{
    const Say *say = &checking->of.say;
    for (size_t i = 0; i < count; i++) {
        const CheckItem *item = &items[i];
        if (item->mark != MARK_MISSING && item->mark != MARK_WRONG) {
            continue;
        }
        Str missing = say_plain(say, WORD_FORMAL_MISSING);
        Str what = item->mark == MARK_WRONG ? item->remark
                   : item->remark.len       ? SAY(say, WORD_FORMAL_MISSING_WITH, missing,
                                                  item->remark)
                                            : missing;
        Buf line = buf_new(TEXT_SCALAR_BYTES_MAX);
        if (item->fact) {
            buf_put(&line, SAY(say, WORD_WEB_LABELLED, item->name, what));
        } else {
            buf_print(&line, "%.*s: %.*s", STR_ARG(item->id), STR_ARG(what));
        }
        add(reasons, "with.reasons", str_copy(say->arena, buf_str(&line)));
        buf_done(&line);
    }
}

/* The form of the act that ends the check, filled in from the marks. */
static TypedList typed_act(const Checking *checking, bool accepts)
{
    const TypedList *typed = &checking->request->typed;
    const CheckView *view = &checking->view;
    size_t most = view->materials_count + view->promises_count + view->facts_count + 8;
    Reasons reasons = {ARENA_MANY(checking->request->arena, Typed, most), 0};
    add(&reasons, "key", typed_get(typed, STR("key")));
    add(&reasons, "seen", typed_get(typed, STR("seen")));
    add(&reasons, "with.note", view->note);
    if (!accepts) {
        add_reasons(checking, &reasons, view->materials, view->materials_count);
        add_reasons(checking, &reasons, view->promises, view->promises_count);
        add_reasons(checking, &reasons, view->facts, view->facts_count);
        add(&reasons, "with.reasons", str_trim(view->reasons));
    }
    return (TypedList){reasons.at, reasons.count};
}

/* Nothing is said that the other side could mend. */
static bool no_reason(const TypedList *typed)
{
    return typed_get(typed, STR("with.reasons")).len == 0;
}

static void check_typed(Request *request, Reply *reply)
{
    Fault fault;
    Checking checking = {.request = request};
    if (act_sent_before(request, reply, STR_NONE) || !check_open(&checking, reply)) {
        return;
    }
    bool accepts = checking.accept && !str_is(typed_get(&request->typed, STR("go")), "return");
    const MayDo *may = accepts ? checking.accept : checking.send_back;
    if (put_view(&checking, &fault) != FAIL_NONE) {
        folded_done(&checking.folded);
        reply_fault(request, reply, &fault);
        return;
    }
    CheckView *view = &checking.view;
    find_faults(view, view->materials, view->materials_count, accepts);
    find_faults(view, view->promises, view->promises_count, accepts);
    find_faults(view, view->facts, view->facts_count, accepts);
    TypedList typed = typed_act(&checking, accepts);
    if (!may || (!accepts && view->faults == 0 && no_reason(&typed))) {
        view->fault = WORD_FORMAL_NO_REASON;
        view->faults++;
    }
    if (view->faults) {
        show(&checking, reply, STATUS_FAULTS);
        return;
    }
    Str act = str_copy(request->arena, may->act->id);
    folded_done(&checking.folded);
    act_take(request, reply, act, &typed);
}

const Route routes_check[] = {
    {METHOD_GET, "/matters/*/check", check_show, NEED_SIGNED, .reads = true},
    {METHOD_POST, "/matters/*/check", check_typed, NEED_SIGNED, .reads = true},
    {0},
};
