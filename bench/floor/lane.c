// One lane: read a batch, write a record for each, commit when it is due.
#include "floor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALL_MILLISECONDS = 30000, WAIT_MILLISECONDS = 100 };

/// A call of the transactional API: repeated while librdkafka says so, fatal otherwise.
#define TRANSACTIONAL(call)                                                                  \
    for (rd_kafka_error_t *error; (error = (call)); rd_kafka_error_destroy(error))           \
        if (!rd_kafka_error_is_retriable(error)) fail("%s: %s", #call, rd_kafka_error_string(error))

static void log_transaction(const lane_t *lane, const char *what) {
    if (!lane->settings->log_transactions) return;
    fprintf(stderr, "{\"message\":\"transaction %s\",\"lane\":%d,\"records\":%lld}\n", what, lane->index,
            (long long)lane->uncommitted);
}

// --- out -----------------------------------------------------------------------------------------

/// A record of the given size that says which record it answers, in the engine's words.
static size_t write_decision(char *into, int size, const rd_kafka_message_t *in) {
    int used = snprintf(into, (size_t)size,
                        "{\"schema\":\"arka.decision/1\",\"decision_id\":\"%s/%d/%lld/%lld\",\"status\":"
                        "\"compliant\",\"padding\":\"",
                        rd_kafka_topic_name(in->rkt), in->partition, (long long)in->offset,
                        (long long)rd_kafka_message_timestamp(in, 0));
    if (used + 2 > size) fail("--size %d is too small for --payload decision", size);
    memset(into + used, '.', (size_t)(size - used - 2));
    memcpy(into + size - 2, "\"}", 2);
    return (size_t)size;
}

static void open_commit_interval(lane_t *lane) {
    lane->commit_due_microseconds = microseconds_now() + lane->settings->commit_milliseconds * 1000LL;
    if (lane->settings->guarantee == AT_LEAST_ONCE) return;
    TRANSACTIONAL(rd_kafka_begin_transaction(lane->producer));
    log_transaction(lane, "opened");
}

static void write_answer(lane_t *lane, const rd_kafka_message_t *in, char *payload) {
    if (lane->uncommitted == 0) open_commit_interval(lane);
    if (lane->settings->payload == DECISION) write_decision(payload, lane->settings->size, in);
    while (rd_kafka_produce(lane->output, in->partition % lane->output_partitions, RD_KAFKA_MSG_F_COPY, payload,
                            (size_t)lane->settings->size, in->key, in->key_len, NULL) != 0) {
        if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
            fail("produce: %s", rd_kafka_err2str(rd_kafka_last_error()));
        rd_kafka_poll(lane->producer, 10); // the same record again: order is kept
    }
    lane->next_offset[in->partition] = in->offset + 1;
    lane->uncommitted++;
    lane->tally.bytes_out += lane->settings->size;
}

// --- commit --------------------------------------------------------------------------------------

static rd_kafka_topic_partition_list_t *finished_offsets(const lane_t *lane) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(8);
    for (int p = lane->index; p < lane->partition_count; p += lane->settings->lanes)
        if (lane->next_offset[p] >= 0)
            rd_kafka_topic_partition_list_add(list, lane->settings->source, p)->offset = lane->next_offset[p];
    return list;
}

static void commit_transaction(lane_t *lane, rd_kafka_topic_partition_list_t *offsets) {
    rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(lane->consumer);
    TRANSACTIONAL(rd_kafka_send_offsets_to_transaction(lane->producer, offsets, group, CALL_MILLISECONDS));
    TRANSACTIONAL(rd_kafka_commit_transaction(lane->producer, CALL_MILLISECONDS));
    rd_kafka_consumer_group_metadata_destroy(group);
    log_transaction(lane, "committed");
}

static void commit_offsets(lane_t *lane, rd_kafka_topic_partition_list_t *offsets) {
    rd_kafka_resp_err_t error = rd_kafka_flush(lane->producer, CALL_MILLISECONDS);
    if (!error) error = rd_kafka_commit(lane->consumer, offsets, 0);
    if (error) fail("commit: %s", rd_kafka_err2str(error));
}

static void commit(lane_t *lane) {
    rd_kafka_topic_partition_list_t *offsets = finished_offsets(lane);
    if (lane->settings->guarantee == EXACTLY_ONCE) commit_transaction(lane, offsets);
    else commit_offsets(lane, offsets);
    rd_kafka_topic_partition_list_destroy(offsets);
    for (int p = lane->index; p < lane->partition_count; p += lane->settings->lanes) lane->next_offset[p] = -1;
    lane->tally.commits++;
    lane->tally.last_commit_microseconds = microseconds_now();
    lane->uncommitted = 0;
}

static bool commit_is_due(const lane_t *lane) {
    if (lane->uncommitted == 0) return false;
    if (lane->settings->commit_records && lane->uncommitted >= lane->settings->commit_records) return true;
    return microseconds_now() >= lane->commit_due_microseconds;
}

// --- in ------------------------------------------------------------------------------------------

/// What is there already, up to a batch; where nothing is, waits for one record, no longer than the
/// next commit. (A batch call with a timeout would wait until the batch is full.)
static int read_batch(lane_t *lane, rd_kafka_message_t **batch) {
    int count = (int)rd_kafka_consume_batch_queue(lane->queue, 0, batch, BATCH_RECORDS);
    if (count != 0) return count;
    int64_t wait = WAIT_MILLISECONDS;
    if (lane->uncommitted) wait = (lane->commit_due_microseconds - microseconds_now()) / 1000;
    batch[0] = rd_kafka_consume_queue(lane->queue, wait < 0 ? 0 : (int)wait);
    return batch[0] ? 1 : 0;
}

static void note_end(lane_t *lane, int partition) {
    if (!lane->at_end[partition]) lane->partitions_to_end--;
    lane->at_end[partition] = true;
}

static void take(lane_t *lane, rd_kafka_message_t *message, char *payload) {
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return note_end(lane, message->partition);
    if (message->err) fail("consume: %s", rd_kafka_message_errstr(message));
    write_answer(lane, message, payload);
    lane->tally.records++;
}

static void pass_batch(lane_t *lane, rd_kafka_message_t **batch, int count, char *payload) {
    int64_t before = lane->tally.records;
    for (int i = 0; i < count; i++) {
        take(lane, batch[i], payload);
        rd_kafka_message_destroy(batch[i]);
        if (commit_is_due(lane)) commit(lane);
    }
    rd_kafka_poll(lane->producer, 0);
    if (before == 0 && lane->tally.records) lane->tally.first_record_microseconds = microseconds_now();
    atomic_fetch_add(lane->records_of_all, lane->tally.records - before);
}

static bool is_finished(const lane_t *lane) {
    if (atomic_load(lane->stop)) return true;
    if (lane->settings->records && atomic_load(lane->records_of_all) >= lane->settings->records) return true;
    return lane->settings->until_end && lane->partitions_to_end == 0;
}

void *lane_run(void *argument) {
    lane_t *lane = argument;
    rd_kafka_message_t *batch[BATCH_RECORDS];
    char *payload = malloc((size_t)lane->settings->size);
    memset(payload, '.', (size_t)lane->settings->size);
    for (int p = 0; p < lane->partition_count; p++) lane->next_offset[p] = -1;

    if (lane->settings->guarantee == EXACTLY_ONCE)
        TRANSACTIONAL(rd_kafka_init_transactions(lane->producer, CALL_MILLISECONDS));
    pthread_barrier_wait(lane->initialised); // committed offsets are true only once ghosts are fenced
    pthread_barrier_wait(lane->assigned);

    while (!is_finished(lane)) {
        pass_batch(lane, batch, read_batch(lane, batch), payload);
        if (commit_is_due(lane)) commit(lane);
    }
    if (lane->uncommitted) commit(lane);
    free(payload);
    return NULL;
}
