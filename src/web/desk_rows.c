/* desk_rows.c: a line a matter, from the rows that passed the gate. */
#include "deskpage.h"

#include "casepage.h"

enum { HAT_BYTES_MAX = 512, SOON_DAYS = 3, ROWS_ASKED_MAX = 400 };

Str desk_hat(const Request *request)
{
    Buf buf = buf_new(HAT_BYTES_MAX);
    buf_put_hat(&buf, &request->who->hat);
    Str hat = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return hat;
}

Ledger *desk_ledger(const Request *request)
{
    return docket_ledger(request->reader->docket);
}

bool desk_elsewhere(Request *request, Reply *reply)
{
    if (!str_is(request->who->hat.party, "admin")) {
        return false;
    }
    reply_see(request, reply, STR("/people"));
    return true;
}

/* --- gathering --- */

typedef struct Gathering {
    Arena *arena;
    Listed *rows;
    size_t count, limit;
    bool more;
} Gathering;

static Fail gather(void *with, const Listed *row, Fault *fault)
{
    Gathering *gathering = with;
    (void)fault;
    if (gathering->count == gathering->limit) {
        gathering->more = true;
        return FAIL_NONE;
    }
    Listed *kept = &gathering->rows[gathering->count++];
    *kept = *row;
    kept->name = str_copy(gathering->arena, row->name);
    kept->title = str_copy(gathering->arena, row->title);
    kept->edition = str_copy(gathering->arena, row->edition);
    kept->stage = str_copy(gathering->arena, row->stage);
    kept->part.awaited = str_copy(gathering->arena, row->part.awaited);
    kept->part.hat = STR_NONE;
    return FAIL_NONE;
}

/* --- saying --- */

/* Of a matter that this hat sees whole, the row says more: what its part does not hold. */
static bool sees_rows(const Request *request)
{
    Str party = request->who->hat.party;
    return str_is(party, "office") || str_is(party, "auditor") || str_is(party, "commission");
}

static void say_left(Request *request, const Say *say, RowSaid *said)
{
    const Calendar *calendar = docket_calendar(request->reader->docket);
    Day due = said->due, today = request->today;
    said->tone = "";
    if (due == DAY_NONE || !calendar_covers(calendar, due) || !calendar_covers(calendar, today)) {
        return;
    }
    if (due < today) {
        int over = calendar_count(calendar, due, today);
        said->overdue = true;
        said->tone = "bad";
        said->left = SAY(say, WORD_DESK_OVERDUE_BY, say_working_days(say, over));
        return;
    }
    int left = calendar_count(calendar, today, due);
    said->tone = left <= SOON_DAYS ? "warn" : "";
    said->left = left == 0 ? say_plain(say, WORD_DESK_DUE_TODAY)
                           : SAY(say, WORD_DESK_LEFT, say_working_days(say, left));
    said->provisional = calendar_provisional(calendar, due);
}

static Fail say_whole(Request *request, const Say *say, RowSaid *said, Fault *fault)
{
    MatterRow row;
    bool found;
    Fail fail = ledger_row(desk_ledger(request), said->name, request->arena, &found, &row, fault);
    if (fail == FAIL_NONE && found) {
        said->held = row.held;
        if (row.outcome.len) {
            said->outcome = lawwords_get(say->reader.words, "outcome", row.outcome);
            said->outcome_tone = case_outcome_tone(row.outcome);
        }
    }
    return fail;
}

static Fail say_row(Request *request, const Listed *row, RowSaid *said, Fault *fault)
{
    Say say = say_in(request, row->edition);
    const LawWords *words = say.reader.words;
    *said = (RowSaid){
        .name = row->name, .title = row->title, .due = row->part.due, .ended = row->final,
        .edition = lawwords_get(words, "edition_short", row->edition),
        .stage = lawwords_get(words, "stage", row->stage), .blocked = row->part.blocked,
        .outcome_tone = "quiet",
    };
    if (row->part.awaited.len) {
        said->task = lawwords_get(words, "act", row->part.awaited);
    }
    say_left(request, &say, said);
    return sees_rows(request) ? say_whole(request, &say, said, fault) : FAIL_NONE;
}

Fail desk_list(Request *request, const ListFilter *filter, size_t limit, Rows *ret_rows,
               Fault *fault)
{
    limit = limit > ROWS_ASKED_MAX ? ROWS_ASKED_MAX : limit;
    ListFilter asked = *filter;
    asked.limit = (int64_t)limit + 1;
    Gathering gathering = {request->arena, ARENA_MANY(request->arena, Listed, limit), 0, limit,
                           false};
    *ret_rows = (Rows){.last_due = DAY_NONE};
    Fail fail = ledger_list(desk_ledger(request), &asked, gather, &gathering, fault);
    RowSaid *said = ARENA_MANY(request->arena, RowSaid, gathering.count);
    for (size_t i = 0; fail == FAIL_NONE && i < gathering.count; i++) {
        fail = say_row(request, &gathering.rows[i], &said[i], fault);
    }
    if (gathering.count) {
        const Listed *last = &gathering.rows[gathering.count - 1];
        ret_rows->last_due = last->part.due;
        ret_rows->last_id = last->id;
    }
    ret_rows->at = said;
    ret_rows->count = gathering.count;
    ret_rows->more = gathering.more;
    return fail;
}

Fail desk_count(Request *request, Day from, Day until, int64_t *ret_count, Fault *fault)
{
    ListFilter filter = list_filter(desk_hat(request));
    filter.open_only = true;
    filter.due_from = from;
    filter.due_until = until;
    filter.limit = COUNT_MAX;
    return ledger_list_count(desk_ledger(request), &filter, ret_count, fault);
}
