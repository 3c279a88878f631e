/* case_load.c: a matter through the eyes of who is signed in. */
#include "canon.h"
#include "request.h"

/* ?on: a day no later than today; a day in another form, or one to come, counts as today. */
static Day day_asked(const Request *request)
{
    Day day;
    return day_parse(typed_get(&request->query, STR("on")), &day) && day < request->today
               ? day : request->today;
}

const CaseFile *request_case(Request *request, Reply *reply, Str name, Folded *folded)
{
    *folded = (Folded){0};
    Fault fault;
    const Position *position = NULL;
    if (!request->who || !request->reader) {
        reply_not_there(request, reply);
        return NULL;
    }
    Docket *docket = request->reader->docket;
    Fail fail = docket_fold(docket, name, folded, &fault);
    if (fail == FAIL_NONE && folded->id) {
        fail = docket_position(docket, folded, day_asked(request), &position, &fault);
    }
    if (fail != FAIL_NONE) {
        folded_done(folded);
        reply_fault(request, reply, &fault);
        return NULL;
    }
    const CaseFile *file =
        position ? casefile_of(&folded->arena, &request->who->hat, position, &folded->facts,
                               folded->acts, folded->acts_count)
                 : NULL;
    if (!file) {
        folded_done(folded);
        reply_not_there(request, reply);
    }
    return file;
}

bool request_done_before(Request *request, const Wanted *wanted)
{
    LedgerEvent event;
    bool found = false;
    if (!request->reader || wanted->key.len == 0 ||
        ledger_by_key(docket_ledger(request->reader->docket), wanted->key, request->arena, &found,
                      &event, NULL) != FAIL_NONE) {
        return false;
    }
    const Canon *body = found ? canon_read(request->arena, event.body, NULL) : NULL;
    return body && str_eq(canon_text(body, "matter"), wanted->matter) &&
           str_eq(canon_text(body, "act"), wanted->act.act_word);
}
