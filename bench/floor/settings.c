// The command line, and the librdkafka properties that follow from it.
#include "floor.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "floor --bootstrap HOST:PORT --source TOPIC --output TOPIC [options]\n"
    "  --guarantee exactly_once|at_least_once   default exactly_once\n"
    "  --group ID, --instance NAME              default floor, 0 (transactional.id = floor-ID-NAME-LANE)\n"
    "  --lanes N                                default 2\n"
    "  --size BYTES                             of each record written, default 330\n"
    "  --payload filler|decision                default filler; decision is what bench/proof checks\n"
    "  --commit-ms N                            default 100\n"
    "  --commit-records N                       a commit per N records of a lane (default: by time only)\n"
    "  --records N | --until-end                when to end; otherwise at SIGTERM\n"
    "  -X [consumer.|producer.]NAME=VALUE       a librdkafka property\n"
    "  --log-transactions                       say on stderr when a transaction opens and commits\n";

static _Noreturn void refuse(const char *what) {
    fprintf(stderr, "floor: %s\n%s", what, usage);
    exit(2);
}

static int64_t number(const char *text) {
    char *end;
    long long value = strtoll(text, &end, 10);
    if (*end != 0 || value < 0) refuse("not a number");
    return value;
}

static void add_property(settings_t *settings, char *text) {
    char *equals = strchr(text, '=');
    if (!equals || settings->property_count == PROPERTIES_MAX) refuse("-X wants NAME=VALUE");
    *equals = 0;
    property_t property = {.side = BOTH_SIDES, .name = text, .value = equals + 1};
    if (strncmp(text, "consumer.", 9) == 0) property.side = CONSUMER, property.name += 9;
    if (strncmp(text, "producer.", 9) == 0) property.side = PRODUCER, property.name += 9;
    settings->properties[settings->property_count++] = property;
}

settings_t settings_from(int argc, char **argv) {
    settings_t s = {.group = "floor", .instance = "0", .guarantee = EXACTLY_ONCE, .lanes = 2,
                    .size = 330, .commit_milliseconds = 100};
    enum { BOOTSTRAP = 1, SOURCE, OUTPUT, GROUP, INSTANCE, GUARANTEE, LANES, SIZE, PAYLOAD, COMMIT_MS,
           COMMIT_RECORDS, RECORDS, UNTIL_END, LOG };
    static const struct option options[] = {
        {"bootstrap", 1, 0, BOOTSTRAP}, {"source", 1, 0, SOURCE}, {"output", 1, 0, OUTPUT},
        {"group", 1, 0, GROUP}, {"instance", 1, 0, INSTANCE}, {"guarantee", 1, 0, GUARANTEE},
        {"lanes", 1, 0, LANES}, {"size", 1, 0, SIZE}, {"payload", 1, 0, PAYLOAD},
        {"commit-ms", 1, 0, COMMIT_MS}, {"commit-records", 1, 0, COMMIT_RECORDS},
        {"records", 1, 0, RECORDS}, {"until-end", 0, 0, UNTIL_END}, {"log-transactions", 0, 0, LOG}, {0}};
    for (int option; (option = getopt_long(argc, argv, "X:h", options, 0)) != -1;) switch (option) {
        case BOOTSTRAP: s.bootstrap = optarg; break;
        case SOURCE: s.source = optarg; break;
        case OUTPUT: s.output = optarg; break;
        case GROUP: s.group = optarg; break;
        case INSTANCE: s.instance = optarg; break;
        case GUARANTEE:
            if (strcmp(optarg, "exactly_once") == 0) s.guarantee = EXACTLY_ONCE;
            else if (strcmp(optarg, "at_least_once") == 0) s.guarantee = AT_LEAST_ONCE;
            else refuse("--guarantee is exactly_once or at_least_once");
            break;
        case LANES: s.lanes = (int)number(optarg); break;
        case SIZE: s.size = (int)number(optarg); break;
        case PAYLOAD: s.payload = strcmp(optarg, "decision") == 0 ? DECISION : FILLER; break;
        case COMMIT_MS: s.commit_milliseconds = (int)number(optarg); break;
        case COMMIT_RECORDS: s.commit_records = number(optarg); break;
        case RECORDS: s.records = number(optarg); break;
        case UNTIL_END: s.until_end = true; break;
        case LOG: s.log_transactions = true; break;
        case 'X': add_property(&s, optarg); break;
        case 'h': fputs(usage, stdout); exit(0);
        default: refuse("unknown option");
    }
    if (optind != argc) refuse("no arguments wanted besides options");
    if (!s.bootstrap || !s.source || !s.output) refuse("--bootstrap, --source and --output are needed");
    if (s.lanes < 1 || s.lanes > LANES_MAX) refuse("--lanes is between 1 and 32");
    if (s.size < 1 || s.size > 1000000) refuse("--size is between 1 and 1000000");
    return s;
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char error[256];
    if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) fail("%s", error);
}

static void set_consumer_defaults(rd_kafka_conf_t *conf, const settings_t *settings) {
    char kilobytes[16];
    snprintf(kilobytes, sizeof kilobytes, "%d", 48 * 1024 / settings->lanes);
    set(conf, "group.id", settings->group);
    set(conf, "enable.auto.commit", "false");
    set(conf, "enable.auto.offset.store", "false");
    set(conf, "auto.offset.reset", "error");
    set(conf, "isolation.level", "read_committed");
    set(conf, "queued.min.messages", "1000000");
    set(conf, "queued.max.messages.kbytes", kilobytes);
    set(conf, "fetch.wait.max.ms", "100");
    if (settings->until_end) set(conf, "enable.partition.eof", "true");
}

static void on_delivery(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
    (void)client, (void)opaque;
    if (message->err) fail("a record was not delivered: %s", rd_kafka_err2str(message->err));
}

static void set_producer_defaults(rd_kafka_conf_t *conf, const settings_t *settings, int lane) {
    set(conf, "enable.idempotence", "true");
    set(conf, "linger.ms", "5");
    set(conf, "message.timeout.ms", "8000");
    // Successful deliveries need no call each: a flush that ends well says that all arrived.
    set(conf, "delivery.report.only.error", "true");
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    if (settings->guarantee == EXACTLY_ONCE) {
        char id[512];
        snprintf(id, sizeof id, "floor-%s-%s-%d", settings->group, settings->instance, lane);
        set(conf, "transactional.id", id);
        set(conf, "transaction.timeout.ms", "10000");
    }
}

rd_kafka_conf_t *configuration(const settings_t *settings, rd_kafka_type_t type, int lane) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", settings->bootstrap);
    set(conf, "socket.nagle.disable", "true");
    set(conf, "log.connection.close", "false");
    if (type == RD_KAFKA_CONSUMER) set_consumer_defaults(conf, settings);
    else set_producer_defaults(conf, settings, lane);
    for (const property_t *p = settings->properties; p < settings->properties + settings->property_count; p++)
        if (p->side == BOTH_SIDES || p->side == (type == RD_KAFKA_CONSUMER ? CONSUMER : PRODUCER))
            set(conf, p->name, p->value);
    return conf;
}
