/* metrics.h: what the service counts, as Prometheus text; and its log. Neither knows a name, a
 * number of a matter or an address. Any thread. Floor 6. */
#ifndef SHENCHA_METRICS_H
#define SHENCHA_METRICS_H

#include <stdio.h>

#include "buf.h"

enum { METRIC_ROUTES_MAX = 256 };

typedef struct Metrics Metrics;  /* opaque */

typedef struct MetricRoute {
    const char *method, *pattern;
} MetricRoute;
Metrics *metrics_new(const MetricRoute *routes, size_t count);
void metrics_free(Metrics *metrics);   /* NULL ok */

typedef struct Served {          /* one request that was answered */
    int route;                   /* index into routes; -1: none (assets, refusals) */
    const char *method;
    int status;
    size_t bytes;
    int64_t microseconds;
    int64_t at;                  /* milliseconds since 1970 */
    bool kept;                   /* from memory */
} Served;
/* Counts it, and writes a line of JSON to `log` when that is not NULL. */
void metrics_served(Metrics *metrics, const Served *served, FILE *log);
typedef enum Metric {
    METRIC_ACTS_DONE, METRIC_ACTS_REFUSED, METRIC_ACTS_FAILED, METRIC_UPLOADS, METRIC_MALFORMED,
    METRIC_LIMITED, METRICS_COUNT,
} Metric;
void metrics_add(Metrics *metrics, Metric metric);
void metrics_put(Metrics *metrics, Buf *buf, size_t visits, size_t kept_bytes);

#endif
