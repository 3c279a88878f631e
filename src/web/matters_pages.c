/* matters_pages.c: every matter that its reader may know, with filters, page by page. */
#include "pages.h"

#include "deskpage.h"

enum { ADDRESS_BYTES_MAX = 4096, STAGES_MAX = 200, TEXT_BYTES_MAX = 200 };

typedef struct Wishes {          /* what the query asks for */
    Str text, stage, edition, show;
    Day due, after_due;
    bool after;
    int64_t after_id;
} Wishes;

/* "2026-12-01.17" or "-.17": the due day and id of the row before. */
static void read_after(Str text, Wishes *wishes)
{
    size_t dot = str_find(text, '.');
    Str day = str_part(text, 0, dot);
    wishes->after_due = DAY_NONE;
    wishes->after = dot < text.len && str_int(str_part(text, dot + 1, text.len),
                                              &wishes->after_id) &&
                    (str_is(day, "-") || day_parse(day, &wishes->after_due));
}

static Wishes wishes_of(const Request *request)
{
    const TypedList *query = &request->query;
    Wishes wishes = {.text = str_trim(typed_get(query, STR("q"))),
                     .stage = typed_get(query, STR("stage")),
                     .edition = typed_get(query, STR("edition")),
                     .show = typed_get(query, STR("show")), .due = DAY_NONE};
    wishes.text = str_part(wishes.text, 0, TEXT_BYTES_MAX);
    if (!day_parse(typed_get(query, STR("due")), &wishes.due)) {
        wishes.due = DAY_NONE;
    }
    read_after(typed_get(query, STR("after")), &wishes);
    return wishes;
}

static ListFilter filter_of(const Request *request, const Wishes *wishes)
{
    ListFilter filter = list_filter(desk_hat(request));
    filter.text = wishes->text;
    filter.stage = wishes->stage;
    filter.edition = wishes->edition;
    filter.open_only = str_is(wishes->show, "open");
    filter.awaited_only = str_is(wishes->show, "waits");
    if (str_is(wishes->show, "overdue")) {
        filter.open_only = true;
        filter.due_until = request->today - 1;
    }
    if (wishes->due != DAY_NONE) {
        filter.due_from = filter.due_until = wishes->due;
    }
    filter.after = wishes->after;
    filter.after_due = wishes->after_due;
    filter.after_id = wishes->after_id;
    return filter;
}

/* --- what can be chosen --- */

typedef struct Choosing {
    Request *request;
    const Wishes *wishes;
    Choice *stages, *editions;
    size_t stages_count, editions_count;
} Choosing;

static bool chosen_already(const Choice *choices, size_t count, Str id)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(choices[i].id, id)) {
            return true;
        }
    }
    return count == STAGES_MAX;
}

static Fail gather(void *with, Str edition, Str stage, int64_t count, Fault *fault)
{
    Choosing *choosing = with;
    Say say = say_in(choosing->request, edition);
    (void)fault;
    (void)count;
    if (!chosen_already(choosing->stages, choosing->stages_count, stage)) {
        choosing->stages[choosing->stages_count++] = (Choice){
            str_copy(say.arena, stage), lawwords_get(say.reader.words, "stage", stage),
            str_eq(stage, choosing->wishes->stage)};
        Choice *last = &choosing->stages[choosing->stages_count - 1];
        last->name = str_copy(say.arena, last->name);
    }
    if (!chosen_already(choosing->editions, choosing->editions_count, edition)) {
        choosing->editions[choosing->editions_count++] = (Choice){
            str_copy(say.arena, edition),
            str_copy(say.arena, lawwords_get(say.reader.words, "edition_short", edition)),
            str_eq(edition, choosing->wishes->edition)};
    }
    return FAIL_NONE;
}

static Fail put_choices(Request *request, const Wishes *wishes, MattersView *view, Fault *fault)
{
    Choosing choosing = {request, wishes, ARENA_MANY(request->arena, Choice, STAGES_MAX),
                         ARENA_MANY(request->arena, Choice, STAGES_MAX), 0, 0};
    ListFilter all = list_filter(desk_hat(request));
    Fail fail = ledger_list_by_stage(desk_ledger(request), &all, gather, &choosing, fault);
    view->stages = choosing.stages;
    view->stages_count = choosing.stages_count;
    view->editions = choosing.editions;
    view->editions_count = choosing.editions_count;
    return fail;
}

static void put_shows(Request *request, const Wishes *wishes, MattersView *view)
{
    static const struct { const char *id; Word word; } known[] = {
        {"", WORD_MATTERS_SHOW_ALL}, {"open", WORD_MATTERS_SHOW_OPEN},
        {"overdue", WORD_MATTERS_SHOW_OVERDUE}, {"waits", WORD_MATTERS_SHOW_WAITS},
    };
    size_t count = sizeof known / sizeof known[0] - (view->tasks ? 0 : 1);
    Choice *shows = ARENA_MANY(request->arena, Choice, count);
    for (size_t i = 0; i < count; i++) {
        shows[i] = (Choice){str_from(known[i].id), word_text(request->language, known[i].word),
                            str_is(wishes->show, known[i].id)};
    }
    view->shows = shows;
    view->shows_count = count;
}

/* --- addresses --- */

static void put_wish(Out *out, const char *name, Str value)
{
    if (value.len) {
        buf_put_byte(out->buf, str_find(buf_str(out->buf), '?') < out->buf->len ? '&' : '?');
        buf_put(out->buf, str_from(name));
        buf_put_byte(out->buf, '=');
        out_url(out, value);
    }
}

static Str address_of(Request *request, const Wishes *wishes, const Rows *after)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX), day = buf_new(64);
    Out out = {&buf, request->language};
    buf_put(&buf, STR("/matters"));
    put_wish(&out, "q", wishes->text);
    put_wish(&out, "stage", wishes->stage);
    put_wish(&out, "edition", wishes->edition);
    put_wish(&out, "show", wishes->show);
    if (wishes->due != DAY_NONE) {
        buf_put_day(&day, wishes->due);
        put_wish(&out, "due", buf_str(&day));
    }
    if (after) {
        buf_clear(&day);
        if (after->last_due == DAY_NONE) {
            buf_put_byte(&day, '-');
        } else {
            buf_put_day(&day, after->last_due);
        }
        buf_print(&day, ".%lld", (long long)after->last_id);
        put_wish(&out, "after", buf_str(&day));
    }
    Str address = buf.full ? STR_NONE : str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    buf_done(&day);
    return address;
}

static Fail put_count(Request *request, ListFilter filter, MattersView *view, Fault *fault)
{
    int64_t count;
    Say say = say_in(request, STR_NONE);
    filter.after = false;
    filter.limit = COUNT_MAX;
    Fail fail = ledger_list_count(desk_ledger(request), &filter, &count, fault);
    if (fail == FAIL_NONE) {
        view->count = SAY(&say, count >= COUNT_MAX ? WORD_MATTERS_MANY
                                : count == 1       ? WORD_MATTERS_ONE : WORD_MATTERS_COUNT,
                          say_number(&say, count));
    }
    return fail;
}

void matters_show(Request *request, Reply *reply)
{
    Fault fault;
    if (desk_elsewhere(request, reply)) {
        return;
    }
    Wishes wishes = wishes_of(request);
    ListFilter filter = filter_of(request, &wishes);
    MattersView view = {.text = wishes.text, .show = wishes.show, .due_day = wishes.due,
                        .tasks = !str_is(request->who->hat.party, "auditor")};
    view.filtered = wishes.text.len || wishes.stage.len || wishes.edition.len ||
                    wishes.show.len || wishes.due != DAY_NONE;
    put_shows(request, &wishes, &view);
    Fail fail = put_choices(request, &wishes, &view, &fault);
    fail = fail == FAIL_NONE ? desk_list(request, &filter, ROWS_SHOWN, &view.rows, &fault) : fail;
    fail = fail == FAIL_NONE ? put_count(request, filter, &view, &fault) : fail;
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    view.next = view.rows.more ? address_of(request, &wishes, &view.rows) : STR_NONE;
    view.first = wishes.after ? address_of(request, &wishes, NULL) : STR_NONE;
    PageHead head = {.title = word_text(request->language, WORD_WEB_MATTERS), .here = "matters"};
    Out out = request_page(request, reply, &head);
    page_matters(&out, &view);
    request_page_end(request, &out);
}
