/* visit_reply.c: a reply goes out: its headers, its bytes. */
#include "visit.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "gate.h"
#include "session.h"

enum { GZIP_FROM = 1024, STATUS_OK = 200, STATUS_SAME = 304, STATUS_NOT_NOW = 503,
       RETRY_SECONDS = 10, ASSET_TAG_BYTES_MAX = 80, KEPT_PAGE_MAX = 256 << 10 };

static void put_header(struct MHD_Response *response, const char *name, const char *value)
{
    MHD_add_response_header(response, name, value);
}

/* What every reply says: nothing of others runs here, nothing of ours runs elsewhere. */
static void put_safety(struct MHD_Response *response, bool tls)
{
    put_header(response, "Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
               "connect-src 'self'; form-action 'self'; base-uri 'none'; "
               "frame-ancestors 'none'");
    put_header(response, "X-Content-Type-Options", "nosniff");
    put_header(response, "Referrer-Policy", "same-origin");
    put_header(response, "X-Frame-Options", "DENY");
    put_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    put_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    put_header(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (tls) {
        put_header(response, "Strict-Transport-Security", "max-age=31536000");
    }
}

static void put_str(Visit *visit, struct MHD_Response *response, const char *name, Str value)
{
    put_header(response, name, str_terminated(&visit->arena, value));
}

/* The body compressed; NULL when that is no gain. */
static struct MHD_Response *packed_response(const Buf *body)
{
    if (body->len >= GZIP_FROM) {
        z_stream stream = {0};
        size_t room = body->len + 64;
        unsigned char *packed = memory_take(room);
        if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK) {
            stream.next_in = (unsigned char *)body->at;
            stream.avail_in = (uInt)body->len;
            stream.next_out = packed;
            stream.avail_out = (uInt)room;
            int done = deflate(&stream, Z_FINISH);
            size_t len = stream.total_out;
            deflateEnd(&stream);
            if (done == Z_STREAM_END) {
                struct MHD_Response *response =
                    MHD_create_response_from_buffer(len, packed, MHD_RESPMEM_MUST_FREE);
                put_header(response, "Content-Encoding", "gzip");
                return response;
            }
        }
        free(packed);
    }
    return NULL;
}

/* Takes visit->reply.body. */
static struct MHD_Response *body_response(Visit *visit)
{
    Buf *body = &visit->reply.body;
    struct MHD_Response *response = gate_takes_gzip(visit->connection)
                                        ? packed_response(body) : NULL;
    if (response) {
        return response;
    }
    response =
        MHD_create_response_from_buffer(body->len, body->at, MHD_RESPMEM_MUST_FREE);
    *body = (Buf){0};
    return response;
}

/* A file name for Content-Disposition: RFC 6266, with the name in UTF-8. */
static void put_download(Visit *visit, struct MHD_Response *response)
{
    Buf value = {0};
    Out out = {&value, LANGUAGE_EN};
    buf_put(&value, STR("attachment; filename*=UTF-8''"));
    out_url(&out, visit->reply.download);
    put_str(visit, response, "Content-Disposition", buf_str(&value));
    buf_done(&value);
}

static enum MHD_Result queue(Visit *visit, struct MHD_Response *response, int status)
{
    enum MHD_Result result = MHD_queue_response(visit->connection, (unsigned)status, response);
    MHD_destroy_response(response);
    visit->state = VISIT_REPLIED;
    return result;
}

/* How long they may take to take it. */
static void give_time(Visit *visit, size_t bytes)
{
    patience_give(visit->connection, patience_now(),
                  PATIENCE_BODY + (int64_t)(bytes / PATIENCE_BYTES));
}

enum MHD_Result visit_send_asset(Visit *visit, const Asset *asset)
{
    bool packed = asset->gzip.len && gate_takes_gzip(visit->connection);
    Str bytes = packed ? asset->gzip : asset->bytes;
    char tag[ASSET_TAG_BYTES_MAX];
    snprintf(tag, sizeof tag, "W/\"%.*s\"", STR_ARG(asset->tag));
    bool same = gate_has_tag(visit->connection, tag);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        same ? 0 : bytes.len, (void *)bytes.at, MHD_RESPMEM_PERSISTENT);
    put_header(response, "Content-Type", asset->type);
    put_header(response, "Cache-Control", "public, max-age=31536000, immutable");
    put_header(response, "ETag", tag);
    put_header(response, "Vary", "Accept-Encoding");
    put_safety(response, visit->server->service.tls);
    if (packed && !same) {
        put_header(response, "Content-Encoding", "gzip");
    }
    int status = same ? STATUS_SAME : STATUS_OK;
    give_time(visit, bytes.len);
    visit_told(visit, status, same ? 0 : bytes.len, true);
    return queue(visit, response, status);
}

/* ---- pages kept in memory ---- */

bool visit_send_kept(Visit *visit)
{
    int status;
    size_t bytes;
    if (!kept_send(visit->server->kept, visit->kept_key, &visit->stamp, visit->connection, &status,
                   &bytes)) {
        return false;
    }
    visit->state = VISIT_REPLIED;
    give_time(visit, bytes);
    visit_told(visit, status, bytes, true);
    return true;
}

static void put_kept_headers(Visit *visit, struct MHD_Response *response, const char *tag)
{
    if (response) {
        put_header(response, "Content-Type", "text/html; charset=utf-8");
        put_header(response, "Cache-Control", "private, no-cache");
        put_header(response, "Vary", "Cookie, Accept-Language, Accept-Encoding");
        put_header(response, "ETag", tag);
        put_safety(response, visit->server->service.tls);
    }
}

/* Keeps the page that stands in the reply; it is sent from memory then. */
static bool keep(Visit *visit)
{
    Reply *reply = &visit->reply;
    bool fits = visit->kept_key.len && !reply->not_kept && reply->file < 0 && !reply->type &&
                !reply->cookie.len && (reply->status == 0 || reply->status == STATUS_OK) &&
                reply->body.len > 0 && reply->body.len <= KEPT_PAGE_MAX;
    if (!fits) {
        return false;
    }
    KeptPage page = {.bytes = reply->body.len, .packed = packed_response(&reply->body)};
    kept_tag(buf_str(&reply->body), visit->kept_key, page.tag);
    page.plain = MHD_create_response_from_buffer(reply->body.len, reply->body.at,
                                                 MHD_RESPMEM_MUST_COPY);
    page.same = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
    put_kept_headers(visit, page.plain, page.tag);
    put_kept_headers(visit, page.packed, page.tag);
    put_kept_headers(visit, page.same, page.tag);
    page.bytes += page.packed ? page.bytes / 3 : 0;
    kept_put(visit->server->kept, visit->kept_key, &visit->stamp, &page);
    return visit_send_kept(visit);
}

enum MHD_Result visit_send(Visit *visit)
{
    Reply *reply = &visit->reply;
    bool file = reply->file >= 0;
    if (keep(visit)) {
        return MHD_YES;
    }
    size_t bytes = file ? (size_t)reply->file_size : reply->body.len;
    struct MHD_Response *response =
        file ? MHD_create_response_from_fd64((uint64_t)reply->file_size, reply->file)
             : body_response(visit);
    reply->file = -1;
    put_header(response, "Content-Type", reply->type ? reply->type : "text/html; charset=utf-8");
    put_header(response, "Cache-Control", "no-store");
    put_header(response, "Vary", "Cookie, Accept-Language, Accept-Encoding");
    put_safety(response, visit->server->service.tls);
    if (reply->location.len) {
        put_str(visit, response, "Location", reply->location);
    }
    if (reply->cookie.len) {
        put_str(visit, response, "Set-Cookie", reply->cookie);
    }
    if (visit->set_language) {
        put_str(visit, response, "Set-Cookie",
                language_cookie(&visit->arena, visit->request.language,
                                visit->server->service.tls));
    }
    if (reply->download.len) {
        put_download(visit, response);
    }
    int status = reply->status ? reply->status : STATUS_OK;
    int retry = status == STATUS_NOT_NOW && !reply->retry_after ? RETRY_SECONDS
                                                                : reply->retry_after;
    if (reply->signs_out) {
        put_header(response, "Clear-Site-Data", "\"cache\"");
    }
    if (visit->allow) {
        put_header(response, "Allow", visit->allow);
    }
    if (retry) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%d", retry);
        put_header(response, "Retry-After", seconds);
    }
    if (visit->broken || visit->too_much ||
        atomic_load_explicit(&visit->server->stopping, memory_order_relaxed)) {
        put_header(response, "Connection", "close");
    }
    give_time(visit, bytes);
    visit_told(visit, status, bytes, false);
    return queue(visit, response, status);
}
