// One line of JSON: what was measured, and under which settings.
#include "floor.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static void print_properties(rd_kafka_t *client, const char *const *names) {
    const char *comma = "";
    for (; *names; names++, comma = ",") {
        char value[256] = "";
        size_t size = sizeof value;
        rd_kafka_conf_get(rd_kafka_conf(client), *names, value, &size);
        printf("%s\"%s\":\"%s\"", comma, *names, value);
    }
}

static void print_settings(const settings_t *settings, rd_kafka_t *consumer, const lane_t *lane) {
    static const char *const consumer_names[] = {
        "queued.min.messages", "queued.max.messages.kbytes", "fetch.wait.max.ms", "fetch.min.bytes",
        "fetch.max.bytes", "fetch.message.max.bytes", "isolation.level", "check.crcs", 0};
    static const char *const producer_names[] = {
        "linger.ms", "batch.size", "batch.num.messages", "queue.buffering.max.messages",
        "queue.buffering.max.kbytes", "enable.idempotence", "message.timeout.ms", "transaction.timeout.ms", 0};
    static const char *const topic_names[] = {"acks", "compression.codec", 0};
    printf("\"settings\":{\"lanes\":%d,\"partitions\":%d,\"batch_records\":%d,\"commit_ms\":%d,"
           "\"commit_records\":%lld,\"record_bytes_out\":%d,\"librdkafka\":\"%s\",\"consumer\":{",
           settings->lanes, lane->partition_count, BATCH_RECORDS, settings->commit_milliseconds,
           (long long)settings->commit_records, settings->size, rd_kafka_version_str());
    print_properties(consumer, consumer_names);
    printf("},\"producer\":{");
    print_properties(lane->producer, producer_names);
    printf(",");
    print_properties(lane->producer, topic_names);
    printf("}}");
}

void report(const settings_t *settings, const lane_t *lanes, rd_kafka_t *consumer) {
    tally_t all = {.first_record_microseconds = INT64_MAX};
    for (int i = 0; i < settings->lanes; i++) {
        const tally_t *one = &lanes[i].tally;
        all.records += one->records;
        all.commits += one->commits;
        all.bytes_out += one->bytes_out;
        if (one->records && one->first_record_microseconds < all.first_record_microseconds)
            all.first_record_microseconds = one->first_record_microseconds;
        if (one->last_commit_microseconds > all.last_commit_microseconds)
            all.last_commit_microseconds = one->last_commit_microseconds;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double wall = all.commits ? (double)(all.last_commit_microseconds - all.first_record_microseconds) / 1e6 : 0;
    double cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    double per_record = all.records ? 1 / (double)all.records : 0;
    printf("{\"program\":\"floor\",\"guarantee\":\"%s\",\"records\":%lld,\"commits\":%lld,"
           "\"mean_records_per_commit\":%.1f,\"wall_seconds\":%.3f,\"cpu_seconds\":%.3f,"
           "\"cpu_user_seconds\":%.3f,\"cpu_system_seconds\":%.3f,\"cpu_microseconds_per_record\":%.3f,"
           "\"records_per_second\":%.0f,\"max_rss_kb\":%ld,",
           settings->guarantee == EXACTLY_ONCE ? "exactly_once" : "at_least_once", (long long)all.records,
           (long long)all.commits, all.commits ? (double)all.records / (double)all.commits : 0, wall, cpu,
           seconds(usage.ru_utime), seconds(usage.ru_stime), cpu * 1e6 * per_record,
           wall > 0 ? (double)all.records / wall : 0, usage.ru_maxrss);
    print_settings(settings, consumer, &lanes[0]);
    printf("}\n");
}
