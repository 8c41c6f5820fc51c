// The floor: the least that a program pays to read records from Kafka and write one for each.
//
// Everything the engine's Kafka side must do is here, and nothing of a decision: lanes with a queue
// of their own, batches of 256, one record out per record in (same key, same partition), offsets
// committed by time or by count, at least once or exactly once.
#pragma once

#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BATCH_RECORDS = 256, LANES_MAX = 32, PARTITIONS_MAX = 1024, PROPERTIES_MAX = 64 };

typedef enum { AT_LEAST_ONCE, EXACTLY_ONCE } guarantee_t;
typedef enum { FILLER, DECISION } payload_t;

/// A librdkafka property given on the command line, for one side or for both.
typedef struct {
    enum { BOTH_SIDES, CONSUMER, PRODUCER } side;
    const char *name, *value;
} property_t;

typedef struct {
    const char *bootstrap, *source, *output, *group, *instance;
    guarantee_t guarantee;
    payload_t payload;       // bytes that mean nothing, or a decision that bench/proof can check
    int lanes;
    int size;                // bytes of each record written
    int commit_milliseconds; // a commit is due this long after the first record that it holds
    int64_t commit_records;  // … or after this many records of a lane; 0: by time only
    int64_t records;         // end after this many records; 0: no such end
    bool until_end;          // end when every partition has been read to its end
    bool log_transactions;
    property_t properties[PROPERTIES_MAX];
    int property_count;
} settings_t;

/// What a lane counted. Written by the lane, read by main after the lane has ended.
typedef struct {
    int64_t records, commits, bytes_out;
    int64_t first_record_microseconds, last_commit_microseconds;
} tally_t;

typedef struct {
    int index;
    const settings_t *settings;
    rd_kafka_t *consumer, *producer;
    rd_kafka_topic_t *output;
    rd_kafka_queue_t *queue;
    pthread_t thread;
    pthread_barrier_t *initialised, *assigned;
    atomic_long *records_of_all; // shared by all lanes: the end by --records
    atomic_bool *stop;

    int partition_count;      // of the whole topic; a lane owns those with p % lanes == index
    int output_partitions;
    int partitions_to_end;    // own partitions that were not yet read to their end
    bool at_end[PARTITIONS_MAX];
    int64_t next_offset[PARTITIONS_MAX]; // to be committed; -1: nothing read since the last commit
    int64_t uncommitted;
    int64_t commit_due_microseconds;
    tally_t tally;
} lane_t;

/// Reads the command line; prints what is wrong and exits 2.
settings_t settings_from(int argc, char **argv);

/// A client configuration with the defaults of its side and then the properties of the user.
rd_kafka_conf_t *configuration(const settings_t *settings, rd_kafka_type_t type, int lane);

rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf);

/// A lane's thread: reads, writes and commits until the end; leaves nothing uncommitted.
void *lane_run(void *lane);

/// Prints the result as one line of JSON.
void report(const settings_t *settings, const lane_t *lanes, rd_kafka_t *consumer);

int64_t microseconds_now(void);

/// Prints the message to stderr and ends the process: the floor has no recovery.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
