/* invitation.c: somebody who was invited chooses a password. */
#include "pages.h"
#include "sign_in.h"

enum { STATUS_FAULTS = 422, STATUS_GONE = 410 };

typedef struct TakingUp {
    Str token, password;
    Fail fail;
    Fault fault;
} TakingUp;

static void show(Request *request, Reply *reply, const InvitationView *view)
{
    PageHead head = {.title = word_text(request->language, WORD_INVITATION_TITLE)};
    buf_clear(&reply->body);
    reply->status = view->fault.len ? STATUS_FAULTS : 200;
    reply->not_kept = true;
    Out out = request_page(request, reply, &head);
    page_invitation(&out, view);
    request_page_end(request, &out);
}

/* Used, replaced, too old, or never was: all alike. */
static void show_void(Request *request, Reply *reply)
{
    PageHead head = {.title = word_text(request->language, WORD_INVITATION_TITLE)};
    buf_clear(&reply->body);
    reply->status = STATUS_GONE;
    Out out = request_page(request, reply, &head);
    page_message(&out, WORD_INVITATION_VOID, WORD_INVITATION_VOID_DO, STR("/"), WORD_WEB_TO_START);
    request_page_end(request, &out);
}

/* False: the reply is made. */
static bool read_invited(Request *request, Reply *reply, InvitationView *view)
{
    bool found = false;
    Person person;
    Fault fault = {0};
    if (people_invited(request->service->people, request->arena, request->rest[0], request->now,
                       &found, &person, &fault) != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return false;
    }
    if (!found) {
        show_void(request, reply);
        return false;
    }
    view->person = person.name;
    view->login = person.login;
    return true;
}

void invitation_show(Request *request, Reply *reply)
{
    InvitationView view = {0};
    if (read_invited(request, reply, &view)) {
        show(request, reply, &view);
    }
}

static void work(Request *request)
{
    TakingUp *own = request->own;
    own->fail = people_take_up(request->service->people, own->token, own->password, request->now,
                               &own->fault);
}

static void done(Request *request, Reply *reply)
{
    const TakingUp *own = request->own;
    InvitationView view = {0};
    if (own->fail == FAIL_NONE) {
        reply_see(request, reply, STR("/sign-in?welcome=1"));
    } else if (own->fail != FAIL_INPUT) {
        reply_fault(request, reply, &own->fault);
    } else if (read_invited(request, reply, &view)) {
        view.fault = fault_words(request, &own->fault);
        show(request, reply, &view);
    }
}

void invitation_take_up(Request *request, Reply *reply)
{
    TakingUp *own = ARENA_NEW(request->arena, TakingUp);
    own->token = request->rest[0];
    own->password = typed_text(request, "password");
    request->own = own;
    request_work(request, reply, work, done);
}
