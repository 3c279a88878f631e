/* visit_body.c: forms, urlencoded or multipart, field by field; files go straight to their
 * upload. */
#include "visit.h"

#include "gate.h"
#include "utf8.h"

enum { BODY_TEXT_BYTES_MAX = 256 << 10, BODY_FIELDS_MAX = 600, POST_BUFFER = 4096,
       FORM_BYTES_MAX = 1 << 20, BODY_OVER_MAX = 8 << 20 };

/* The value that came in piece by piece is whole. */
static void value_whole(Visit *visit)
{
    if (visit->typed_count && visit->value.len) {
        visit->typed[visit->typed_count - 1].value =
            str_copy(&visit->arena, buf_str(&visit->value));
    }
    buf_clear(&visit->value);
}

static void keep_typed(Visit *visit, const char *key, Str value)
{
    value_whole(visit);
    if (visit->typed_count == BODY_FIELDS_MAX) {
        visit->too_much = true;
        return;
    }
    visit->typed = arena_grow(&visit->arena, visit->typed, visit->typed_count,
                              &visit->typed_capacity, visit->typed_count + 1,
                              sizeof *visit->typed);
    visit->typed[visit->typed_count++] =
        (Typed){str_copy(&visit->arena, str_from(key)), str_copy(&visit->arena, value)};
    visit->request.typed = (TypedList){visit->typed, visit->typed_count};
}

/* More of the value of the last field. */
static void add_to_value(Visit *visit, const char *bytes, size_t count)
{
    visit->typed_bytes += count;
    if (visit->typed_bytes > BODY_TEXT_BYTES_MAX) {
        visit->too_much = true;
        return;
    }
    buf_put(&visit->value, (Str){bytes, count});
}

static void take_file(Visit *visit, const char *key, const char *name, const char *bytes,
                      uint64_t offset, size_t count)
{
    if (offset == 0) {
        visit->file_field = false;
        if (!name[0] && count == 0) {
            return;              /* left empty */
        }
        keep_typed(visit, key, str_from(name));
        visit->fail = FAIL_NONE;
        metrics_add(visit->server->metrics, METRIC_UPLOADS);
        visit->route->upload_begins(&visit->request, &visit->reply);
        visit->file_field = visit->request.upload != NULL;
    }
    if (visit->file_field && count && visit->fail == FAIL_NONE) {
        visit->fail = upload_bytes(visit->request.upload, bytes, count, &visit->fault);
    }
}

static enum MHD_Result take_field(void *with, enum MHD_ValueKind kind, const char *key,
                                  const char *filename, const char *type, const char *encoding,
                                  const char *bytes, uint64_t offset, size_t count)
{
    Visit *visit = with;
    (void)kind, (void)type, (void)encoding;
    if (visit->too_much || visit->reply.status) {
        return MHD_YES;          /* the rest is read and forgotten */
    }
    if (filename && visit->route->upload_begins) {
        take_file(visit, key ? key : "", filename, bytes, offset, count);
        return MHD_YES;
    }
    visit->typed_bytes += offset == 0 && key ? strlen(key) : 0;
    if (offset == 0) {
        keep_typed(visit, key ? key : "", STR_NONE);
    }
    if (!visit->too_much && visit->typed_count) {
        add_to_value(visit, bytes, count);
    }
    return MHD_YES;
}

bool visit_body_fits(Visit *visit)
{
    Str length = gate_header(visit->connection, "Content-Length");
    int64_t bytes = 0;
    visit->body_most = FORM_BYTES_MAX + (visit->route->upload_begins ? PAPER_BYTES_MAX : 0);
    return length.len == 0 ||
           (str_int(length, &bytes) && bytes <= visit->body_most + BODY_OVER_MAX);
}

bool visit_body_begin(Visit *visit)
{
    visit->value = buf_new(BODY_TEXT_BYTES_MAX + 1);
    visit->post = MHD_create_post_processor(visit->connection, POST_BUFFER, take_field, visit);
    return visit->post != NULL;
}

bool visit_body_bytes(Visit *visit, const char *bytes, size_t count)
{
    visit->body_bytes += (int64_t)count;
    if (visit->body_bytes > visit->body_most + BODY_OVER_MAX) {
        return false;
    }
    visit->too_much |= visit->body_bytes > visit->body_most;
    patience_give(visit->connection, visit->began / 1000000,
                  PATIENCE_BODY + (visit->route->upload_begins
                                       ? visit->body_bytes / PATIENCE_BYTES : 0));
    if (visit->post && MHD_post_process(visit->post, bytes, count) != MHD_YES) {
        visit->broken = true;
    }
    return true;
}

void visit_body_end(Visit *visit)
{
    if (visit->post && MHD_destroy_post_processor(visit->post) != MHD_YES) {
        visit->broken = true;
    }
    visit->post = NULL;
    value_whole(visit);
    for (size_t i = 0; i < visit->typed_count && !visit->reply.status; i++) {
        visit->broken |= !utf8_valid(visit->typed[i].name, NULL) ||
                         !utf8_valid(visit->typed[i].value, NULL);
    }
    visit->fail = FAIL_NONE;     /* of an upload: upload_end tells */
}
