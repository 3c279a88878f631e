/* metrics.c: counters that threads add to without waiting for each other. */
#include "metrics.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CLASSES = 6, BUCKETS = 8 };

static const int64_t bounds[BUCKETS] = {500, 1000, 2500, 5000, 10000, 50000, 250000, 1000000};

struct Metrics {
    MetricRoute routes[METRIC_ROUTES_MAX];
    size_t count;
    atomic_uint_fast64_t served[METRIC_ROUTES_MAX + 1][CLASSES];
    atomic_uint_fast64_t buckets[BUCKETS + 1];
    atomic_uint_fast64_t microseconds, all, kept, bytes;
    atomic_uint_fast64_t others[METRICS_COUNT];
};

Metrics *metrics_new(const MetricRoute *routes, size_t count)
{
    Metrics *metrics = calloc(1, sizeof *metrics);
    if (!metrics) {
        abort();
    }
    metrics->count = count < METRIC_ROUTES_MAX ? count : METRIC_ROUTES_MAX;
    for (size_t i = 0; i < metrics->count; i++) {
        metrics->routes[i] = routes[i];
    }
    return metrics;
}

void metrics_free(Metrics *metrics)
{
    free(metrics);
}

static const char *pattern_of(const Metrics *metrics, int route)
{
    return route >= 0 && (size_t)route < metrics->count ? metrics->routes[route].pattern : "-";
}

void metrics_served(Metrics *metrics, const Served *served, FILE *log)
{
    size_t route = served->route >= 0 && (size_t)served->route < metrics->count
                       ? (size_t)served->route : METRIC_ROUTES_MAX;
    size_t bucket = 0;
    while (bucket < BUCKETS && served->microseconds > bounds[bucket]) {
        bucket++;
    }
    int class = served->status / 100 < CLASSES ? served->status / 100 : 0;
    atomic_fetch_add_explicit(&metrics->served[route][class], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->microseconds, (uint64_t)served->microseconds,
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->all, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->kept, served->kept, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->bytes, served->bytes, memory_order_relaxed);
    if (log) {
        fprintf(log,
                "{\"at\":%lld,\"method\":\"%s\",\"route\":\"%s\",\"status\":%d,\"bytes\":%zu,"
                "\"ms\":%.3f}\n",
                (long long)served->at, served->method, pattern_of(metrics, served->route),
                served->status, served->bytes, (double)served->microseconds / 1000);
    }
}

void metrics_add(Metrics *metrics, Metric metric)
{
    atomic_fetch_add_explicit(&metrics->others[metric], 1, memory_order_relaxed);
}

static void put_one(Buf *buf, const char *name, const char *help, const char *type, uint64_t value)
{
    buf_print(buf, "# HELP shencha_%s %s\n# TYPE shencha_%s %s\nshencha_%s %llu\n", name, help,
              name, type, name, (unsigned long long)value);
}

static uint64_t resident_bytes(void)
{
    char line[128] = "", *resident = NULL;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        resident = fgets(line, sizeof line, file) ? strchr(line, ' ') : NULL;   /* the second */
        fclose(file);
    }
    return resident ? strtoull(resident, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

static void put_served(Metrics *metrics, Buf *buf)
{
    buf_put(buf, STR("# HELP shencha_requests_total Requests answered, by route and status.\n"
                     "# TYPE shencha_requests_total counter\n"));
    for (size_t i = 0; i <= METRIC_ROUTES_MAX; i++) {
        for (int class = 1; class < CLASSES; class++) {
            uint64_t served = metrics->served[i][class];
            if (served) {
                bool known = i < metrics->count;
                buf_print(buf, "shencha_requests_total{method=\"%s\",route=\"%s\",status="
                          "\"%dxx\"} %llu\n", known ? metrics->routes[i].method : "-",
                          known ? metrics->routes[i].pattern : "-", class,
                          (unsigned long long)served);
            }
        }
    }
}

static void put_durations(Metrics *metrics, Buf *buf)
{
    uint64_t sum = 0;
    buf_put(buf, STR("# HELP shencha_request_seconds Time from the headers to the reply.\n"
                     "# TYPE shencha_request_seconds histogram\n"));
    for (size_t i = 0; i < BUCKETS; i++) {
        sum += metrics->buckets[i];
        buf_print(buf, "shencha_request_seconds_bucket{le=\"%g\"} %llu\n",
                  (double)bounds[i] / 1e6, (unsigned long long)sum);
    }
    sum += metrics->buckets[BUCKETS];
    buf_print(buf, "shencha_request_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)sum);
    buf_print(buf, "shencha_request_seconds_sum %.6f\nshencha_request_seconds_count %llu\n",
              (double)metrics->microseconds / 1e6, (unsigned long long)sum);
}

void metrics_put(Metrics *metrics, Buf *buf, size_t visits, size_t kept_bytes)
{
    static const struct { Metric metric; const char *name, *help; } told[] = {
        {METRIC_ACTS_DONE, "acts_done_total", "Acts written to the record."},
        {METRIC_ACTS_REFUSED, "acts_refused_total", "Acts that the law refused."},
        {METRIC_ACTS_FAILED, "acts_failed_total", "Acts that could not be written."},
        {METRIC_UPLOADS, "uploads_total", "Files that began to come in."},
        {METRIC_MALFORMED, "malformed_total", "Requests refused at the gate."},
        {METRIC_LIMITED, "limited_total", "Attempts to sign in that came too fast."},
    };
    put_served(metrics, buf);
    put_durations(metrics, buf);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        put_one(buf, told[i].name, told[i].help, "counter", metrics->others[told[i].metric]);
    }
    put_one(buf, "kept_total", "Replies that were kept in memory.", "counter", metrics->kept);
    put_one(buf, "reply_bytes_total", "Bytes of replies before compression.", "counter",
            metrics->bytes);
    put_one(buf, "requests_open", "Requests under way.", "gauge", visits);
    put_one(buf, "kept_bytes", "Bytes of pages kept in memory.", "gauge", kept_bytes);
    put_one(buf, "resident_bytes", "Memory of this process.", "gauge", resident_bytes());
}
