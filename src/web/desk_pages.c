/* desk_pages.c: a desk: what waits for me, overdue first; what is next. */
#include "pages.h"

#include "actpage.h"
#include "deskpage.h"
#include "page.h"

enum { WEEK_DAYS = 7, OTHERS_SHOWN = 20, ENDED_SHOWN = 10, ASKED = 200, ADDRESS_BYTES_MAX = 512 };

/* --- what waits --- */

/* Rows apart: first those that are blocked, or not, of a list. */
static Rows apart(Request *request, const Rows *rows, bool blocked)
{
    RowSaid *kept = ARENA_MANY(request->arena, RowSaid, rows->count);
    Rows result = {.at = kept, .more = rows->more, .last_due = rows->last_due,
                   .last_id = rows->last_id};
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->at[i].blocked == blocked) {
            kept[result.count++] = rows->at[i];
        }
    }
    return result;
}

static Fail put_mine(Request *request, DeskView *view, Fault *fault)
{
    Rows rows;
    ListFilter filter = list_filter(desk_hat(request));
    filter.awaited_only = true;
    filter.open_only = true;
    Fail fail = desk_list(request, &filter, ROWS_SHOWN, &rows, fault);
    if (fail == FAIL_NONE) {
        view->mine = apart(request, &rows, false);
        view->blocked = apart(request, &rows, true);
    }
    return fail;
}

/* Open ones in which others are to act; of an auditor: all of them. */
static Fail put_others(Request *request, DeskView *view, Fault *fault)
{
    Rows rows;
    ListFilter filter = list_filter(desk_hat(request));
    filter.open_only = true;
    Fail fail = desk_list(request, &filter, ASKED, &rows, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    RowSaid *kept = ARENA_MANY(request->arena, RowSaid, OTHERS_SHOWN);
    view->others = (Rows){.at = kept, .more = rows.more};
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.at[i].task.len) {
            continue;
        }
        if (view->others.count == OTHERS_SHOWN) {
            view->others.more = true;
            break;
        }
        kept[view->others.count++] = rows.at[i];
    }
    return FAIL_NONE;
}

static Fail put_ended(Request *request, DeskView *view, Fault *fault)
{
    Rows rows;
    ListFilter filter = list_filter(desk_hat(request));
    filter.order = LIST_NEWEST;
    Fail fail = desk_list(request, &filter, ASKED, &rows, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    RowSaid *kept = ARENA_MANY(request->arena, RowSaid, ENDED_SHOWN);
    view->ended = (Rows){.at = kept};
    for (size_t i = 0; i < rows.count && view->ended.count < ENDED_SHOWN; i++) {
        if (rows.at[i].ended) {
            kept[view->ended.count++] = rows.at[i];
        }
    }
    return FAIL_NONE;
}

static Fail put_overdue(Request *request, DeskView *view, Fault *fault)
{
    int64_t count;
    Fail fail = desk_count(request, DAY_NONE, request->today - 1, &count, fault);
    if (fail == FAIL_NONE && count) {
        Say say = say_in(request, STR_NONE);
        view->overdue = SAY(&say, count == 1 ? WORD_DESK_ONE_OVERDUE : WORD_DESK_ARE_OVERDUE,
                            say_number(&say, count));
    }
    return fail;
}

/* --- drafts --- */

static Str draft_address(Request *request, int64_t id)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    buf_put(&buf, STR("/drafts/"));
    buf_put_int(&buf, id);
    Str address = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static Fail put_drafts(Request *request, DeskView *view, Fault *fault)
{
    const Draft *drafts;
    size_t count;
    Fail fail = drafts_of(request->service->desk, request->arena, desk_hat(request),
                          request->who->org.id, STR_NONE, &drafts, &count, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    DraftSaid *open = ARENA_MANY(request->arena, DraftSaid, count);
    DraftSaid *to_sign = ARENA_MANY(request->arena, DraftSaid, count);
    for (size_t i = 0; i < count; i++) {
        const Draft *draft = &drafts[i];
        Say say = say_in(request, draft->edition);
        Str title = typed_get(&draft->typed, STR("fact.title"));
        DraftSaid said = {
            .act = lawwords_get(say.reader.words, "act", draft->act), .at = draft->at,
            .title = draft->matter.len ? draft->matter : title,
            .address = typed_get(&draft->typed, STR("two_persons")).len
                           ? sign_address(request, draft->matter, draft->id)
                           : draft_address(request, draft->id),
            .to_sign = draft->state == DRAFT_TO_SIGN};
        if (said.to_sign) {
            to_sign[view->to_sign_count++] = said;
        } else {
            open[view->drafts_count++] = said;
        }
    }
    view->drafts = open;
    view->to_sign = to_sign;
    return FAIL_NONE;
}

static void desk_show(Request *request, Reply *reply)
{
    Fault fault;
    if (desk_elsewhere(request, reply)) {
        return;
    }
    DeskView view = {.acts = !str_is(request->who->hat.party, "auditor"),
                     .opening = page_opening(request)};
    Day monday = request->today - (Day)day_weekday(request->today);
    Fail fail = desk_days(request, monday, monday + STRIP_WEEKS * WEEK_DAYS - 1, false,
                          &view.strip, &fault);
    fail = fail == FAIL_NONE && view.acts ? put_mine(request, &view, &fault) : fail;
    fail = fail == FAIL_NONE ? put_others(request, &view, &fault) : fail;
    fail = fail == FAIL_NONE ? put_ended(request, &view, &fault) : fail;
    fail = fail == FAIL_NONE ? put_overdue(request, &view, &fault) : fail;
    fail = fail == FAIL_NONE && view.acts ? put_drafts(request, &view, &fault) : fail;
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    PageHead head = {.title = word_text(request->language, WORD_WEB_DESK), .here = "desk"};
    Out out = request_page(request, reply, &head);
    page_desk(&out, &view);
    request_page_end(request, &out);
}

const Route routes_desk[] = {
    {METHOD_GET, "/desk", desk_show, NEED_SIGNED, .reads = true, .kept = true},
    {METHOD_GET, "/matters", matters_show, NEED_SIGNED, .reads = true, .kept = true},
    {METHOD_GET, "/month", month_show, NEED_SIGNED, .reads = true, .kept = true},
    {METHOD_GET, "/charts", charts_show, NEED_SIGNED, .reads = true, .kept = true},
    {0},
};
