// Joins the lanes: clients, committed offsets, explicit assignment, and the order of the end.
#include "floor.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ASK_MILLISECONDS = 10000 };

static atomic_bool stop;

static void on_signal(int number) {
    (void)number;
    atomic_store(&stop, true);
}

_Noreturn void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("floor: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    _Exit(1);
}

int64_t microseconds_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
    char error[512];
    rd_kafka_t *created = rd_kafka_new(type, conf, error, sizeof error);
    if (!created) fail("%s", error);
    return created;
}

static int partitions_of(rd_kafka_t *client, const char *topic) {
    const struct rd_kafka_metadata *metadata;
    rd_kafka_topic_t *handle = rd_kafka_topic_new(client, topic, NULL);
    rd_kafka_resp_err_t error = rd_kafka_metadata(client, 0, handle, &metadata, ASK_MILLISECONDS);
    if (error) fail("metadata of %s: %s", topic, rd_kafka_err2str(error));
    int count = metadata->topics[0].partition_cnt;
    if (metadata->topics[0].err) fail("topic %s: %s", topic, rd_kafka_err2str(metadata->topics[0].err));
    if (count > PARTITIONS_MAX) fail("topic %s has more than %d partitions", topic, PARTITIONS_MAX);
    rd_kafka_metadata_destroy(metadata);
    rd_kafka_topic_destroy(handle);
    return count;
}

static void open_lane(lane_t *lane, const settings_t *settings) {
    lane->settings = settings;
    lane->stop = &stop;
    lane->producer = client(RD_KAFKA_PRODUCER, configuration(settings, RD_KAFKA_PRODUCER, lane->index));
    lane->output = rd_kafka_topic_new(lane->producer, settings->output, NULL);
    lane->queue = rd_kafka_queue_new(lane->consumer);
    lane->output_partitions = partitions_of(lane->producer, settings->output);
    for (int p = lane->index; p < lane->partition_count; p += settings->lanes) lane->partitions_to_end++;
}

/// Forwards every partition to its lane's queue, and only then assigns all of them, each at its
/// committed offset or at the start. (Forwarded later, early records would reach the wrong queue.)
static void assign(rd_kafka_t *consumer, const settings_t *settings, lane_t *lanes, int partitions) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
    rd_kafka_topic_partition_list_add_range(list, settings->source, 0, partitions - 1);
    rd_kafka_resp_err_t error;
    do error = rd_kafka_committed(consumer, list, ASK_MILLISECONDS);
    while (error == RD_KAFKA_RESP_ERR__TIMED_OUT); // a ghost's offsets are still pending
    if (error) fail("committed offsets: %s", rd_kafka_err2str(error));
    for (int p = 0; p < partitions; p++) {
        if (list->elems[p].offset < 0) list->elems[p].offset = RD_KAFKA_OFFSET_BEGINNING;
        rd_kafka_queue_t *queue = rd_kafka_queue_get_partition(consumer, settings->source, p);
        rd_kafka_queue_forward(queue, lanes[p % settings->lanes].queue);
        rd_kafka_queue_destroy(queue);
    }
    error = rd_kafka_assign(consumer, list);
    if (error) fail("assign: %s", rd_kafka_err2str(error));
    rd_kafka_topic_partition_list_destroy(list);
}

static void close_lane(lane_t *lane) {
    rd_kafka_topic_destroy(lane->output);
    rd_kafka_destroy(lane->producer);
    rd_kafka_queue_destroy(lane->queue);
}

int main(int argc, char **argv) {
    settings_t settings = settings_from(argc, argv);
    signal(SIGTERM, on_signal);
    signal(SIGINT, on_signal);

    rd_kafka_t *consumer = client(RD_KAFKA_CONSUMER, configuration(&settings, RD_KAFKA_CONSUMER, 0));
    int partitions = partitions_of(consumer, settings.source);
    atomic_long records = 0;
    pthread_barrier_t initialised, assigned;
    pthread_barrier_init(&initialised, NULL, (unsigned)settings.lanes + 1);
    pthread_barrier_init(&assigned, NULL, (unsigned)settings.lanes + 1);

    lane_t *lanes = calloc((size_t)settings.lanes, sizeof *lanes);
    for (int i = 0; i < settings.lanes; i++) {
        lanes[i] = (lane_t){.index = i, .consumer = consumer, .partition_count = partitions,
                            .initialised = &initialised, .assigned = &assigned, .records_of_all = &records};
        open_lane(&lanes[i], &settings);
        if (pthread_create(&lanes[i].thread, NULL, lane_run, &lanes[i])) fail("no thread for a lane");
    }
    pthread_barrier_wait(&initialised);
    assign(consumer, &settings, lanes, partitions);
    pthread_barrier_wait(&assigned);

    for (int i = 0; i < settings.lanes; i++) pthread_join(lanes[i].thread, NULL);
    report(&settings, lanes, consumer);
    for (int i = 0; i < settings.lanes; i++) close_lane(&lanes[i]);
    rd_kafka_consumer_close(consumer);
    rd_kafka_destroy(consumer);
    free(lanes);
    return 0;
}
