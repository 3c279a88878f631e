/* page.c: what stands around every page, and the replies that many handlers give. */
#include "page.h"

#include "pages.h"
#include "request.h"

enum { STATUS_SEE = 303, STATUS_BAD = 400, STATUS_NOT_THERE = 404, STATUS_CONFLICT = 409,
       STATUS_FAULTS = 422, STATUS_NOT_NOW = 503, ADDRESS_BYTES_MAX = 8192 };

/* --- navigation --- */

typedef struct Place {
    const char *name, *address;
    Word word;
    enum { FOR_READERS, FOR_OVERSEERS, FOR_OPERATORS, FOR_OPENERS, FOR_ALL, FOR_MANAGERS } whom;
} Place;

static const Place places[] = {
    {"desk", "/desk", WORD_WEB_DESK, FOR_READERS},
    {"matters", "/matters", WORD_WEB_MATTERS, FOR_READERS},
    {"month", "/month", WORD_WEB_MONTH, FOR_READERS},
    {"charts", "/charts", WORD_WEB_CHARTS, FOR_OVERSEERS},
    {"new", "/declare", WORD_WEB_NEW, FOR_OPERATORS},
    {"new", "/new", WORD_WEB_NEW, FOR_OPENERS},
    {"law", "/law", WORD_WEB_LAW, FOR_ALL},
    {"people", "/people", WORD_WEB_PEOPLE, FOR_MANAGERS},
};

/* Who looks at many matters: the figures are theirs. */
static bool is_overseer(Str role)
{
    return str_is(role, "office") || str_is(role, "center") || str_is(role, "commission") ||
           str_is(role, "auditor");
}

/* Whether the edition in force today lets this role open a matter. Where no law is at hand, those
 * who declare and propose may. */
static bool may_open(const Request *request, Str role)
{
    const Edition *edition;
    if (!request->reader || law_edition_on(request->reader->law, request->today, &edition, NULL) !=
                                FAIL_NONE) {
        return str_is(role, "operator") || str_is(role, "member");
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        bool opens = false, theirs = false;
        for (size_t j = 0; j < act->branches_count; j++) {
            opens = opens || act->branches[j].opens != ID_NONE;
        }
        for (size_t j = 0; j < edition->roles_count; j++) {
            theirs = theirs || ((act->by >> j & 1) && str_eq(edition->roles[j].id, role));
        }
        if (opens && theirs) {
            return true;
        }
    }
    return false;
}

static bool is_shown(const Place *place, const Request *request)
{
    const Signed *who = request->who;
    bool admin = who && str_is(who->hat.party, "admin");
    Str role = who ? str_part(who->hat.party, 0, str_find(who->hat.party, '/')) : STR_NONE;
    bool declares = str_is(role, "operator");
    switch (place->whom) {
    case FOR_READERS: return who && !admin;
    case FOR_OVERSEERS: return is_overseer(role);
    case FOR_OPERATORS:
    case FOR_OPENERS: return who && (who->person.may & (MAY_ACT | MAY_SIGN)) &&
                             declares == (place->whom == FOR_OPERATORS) && may_open(request, role);
    case FOR_ALL: return true;
    case FOR_MANAGERS: return who && (admin || (who->person.may & MAY_MANAGE));
    }
    return false;
}

Str page_opening(const Request *request)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        bool opens = places[i].whom == FOR_OPERATORS || places[i].whom == FOR_OPENERS;
        if (opens && is_shown(&places[i], request)) {
            return str_from(places[i].address);
        }
    }
    return STR_NONE;
}

/* This page's address with ?lang= laid over its query. */
static Str in_language(Request *request, const char *language)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&buf, request->language};
    buf_put(&buf, request->path);
    buf_print(&buf, "?lang=%s", language);
    for (size_t i = 0; i < request->query.count; i++) {
        const Typed *typed = &request->query.at[i];
        if (!str_is(typed->name, "lang")) {
            buf_put_byte(&buf, '&');
            out_url(&out, typed->name);
            buf_put_byte(&buf, '=');
            out_url(&out, typed->value);
        }
    }
    Str address = buf.full ? STR("/") : str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return address;
}

static PageView view_of(Request *request, const PageHead *head)
{
    const Signed *who = request->who;
    bool chinese = request->language == LANGUAGE_ZH;
    PageView view = {
        .title = head->title, .no_heading = head->no_heading, .wide = head->wide,
        .signed_in = who != NULL, .today = request->today, .language = request->language,
        .shifted = request->service && request->service->days_ahead != 0,
        .in_chinese = in_language(request, "zh"), .in_english = in_language(request, "en"),
    };
    if (who) {
        Str first = chinese ? who->org.name_zh : who->org.name_en;
        view.organisation = first.len ? first : chinese ? who->org.name_en : who->org.name_zh;
        view.person = who->person.name;
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (is_shown(&places[i], request)) {
            view.items[view.items_count++] = (NavigationItem){
                places[i].word, str_from(places[i].address),
                head->here && !strcmp(head->here, places[i].name)};
        }
    }
    return view;
}

Out request_page(Request *request, Reply *reply, const PageHead *head)
{
    Out out = {&reply->body, request->language};
    PageView view = view_of(request, head);
    page_top(&out, &view);
    return out;
}

void request_page_end(Request *request, Out *out)
{
    PageView view = {.shifted = request->service && request->service->days_ahead != 0};
    page_foot(out, &view);
}

/* --- replies --- */

void reply_see(Request *request, Reply *reply, Str location)
{
    (void)request;
    buf_clear(&reply->body);
    reply->status = STATUS_SEE;
    reply->location = location;
}

void reply_not_there(Request *request, Reply *reply)
{
    buf_clear(&reply->body);
    reply->status = STATUS_NOT_THERE;
    PageHead head = {.title = word_text(request->language, WORD_WEB_NOT_THERE)};
    Out out = request_page(request, reply, &head);
    page_message(&out, WORD_WEB_NOT_THERE_WHY, WORD_WEB_NOT_THERE_DO, STR("/"), WORD_WEB_TO_START);
    request_page_end(request, &out);
}

static int status_of(Fail fail)
{
    switch (fail) {
    case FAIL_INPUT: return STATUS_BAD;
    case FAIL_REFUSED: return STATUS_FAULTS;
    case FAIL_CONFLICT: return STATUS_CONFLICT;
    case FAIL_NONE:
    case FAIL_SYSTEM: break;
    }
    return STATUS_NOT_NOW;
}

void reply_fault(Request *request, Reply *reply, const Fault *fault)
{
    bool ours = fault->fail == FAIL_SYSTEM || fault->fail == FAIL_NONE;
    Buf said = buf_new(TEXT_SCALAR_BYTES_MAX);
    Fault plain = *fault;
    plain.file[0] = 0;   /* a path of the machine is no reader's business */
    fault_put(&said, &plain, request->language);
    buf_clear(&reply->body);
    reply->status = status_of(fault->fail);
    PageHead head = {.title = word_text(request->language, ours ? WORD_WEB_NOT_NOW
                                                                : WORD_WEB_NOT_DONE)};
    Out out = request_page(request, reply, &head);
    page_fault(&out, buf_str(&said), ours ? WORD_WEB_NOT_NOW_DO : WORD_WEB_NOT_DONE_DO);
    request_page_end(request, &out);
    buf_done(&said);
}

const LawWords *request_words(Request *request, Str edition)
{
    static const LawWords none = {NULL, NULL};   /* ids are shown then */
    const LawWords *words;
    if (!request->reader || law_words(request->reader->law, edition, request->language, &words,
                                      NULL) != FAIL_NONE) {
        return &none;
    }
    return words;
}
