#define _GNU_SOURCE
#include "CKernels.h"
#include <string.h>

// Length of the sequence at `at`, 0 if it is not valid. `left` bytes may be read. Table 3-7 of the
// Unicode standard: the second byte's range depends on the first.
static size_t sequence_length(const uint8_t *at, size_t left) {
    uint8_t first = at[0];
    if (first < 0xC2) return 0;
    size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || left < length) return 0;
    uint8_t lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < lowest || at[1] > highest) return 0;
    for (size_t i = 2; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) return 0;
    }
    return length;
}

size_t arka_valid_utf8_prefix(const uint8_t *text, size_t length) {
    size_t i = 0;
    while (i < length) {
        if (text[i] >= 0x80) {
            size_t taken = sequence_length(text + i, length - i);
            if (taken == 0) return i;
            i += taken;
            continue;
        }
        uint64_t words[4];
        while (length - i >= sizeof words) {
            memcpy(words, text + i, sizeof words);
            if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ull) break;
            i += sizeof words;
        }
        while (i < length && text[i] < 0x80) i++;
    }
    return length;
}

static int is_hexadecimal(uint8_t byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

static size_t escape_length(const uint8_t *at) {
    switch (at[1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't':
        return 2;
    case 'u':
        for (int i = 2; i < 6; i++) {
            if (!is_hexadecimal(at[i])) return 0;
        }
        return 6;
    default:
        return 0;
    }
}

size_t arka_valid_escapes_prefix(const uint8_t *text, size_t length) {
    size_t i = 0;
    while (i < length) {
        const uint8_t *next = memchr(text + i, '\\', length - i);
        if (next == NULL) return length;
        size_t taken = escape_length(next);
        if (taken == 0) return (size_t)(next - text);
        i = (size_t)(next - text) + taken;
    }
    return length;
}

int32_t arka_contains(
    const uint8_t *text, size_t length, const uint8_t *part, size_t part_length) {
    return memmem(text, length, part, part_length) != NULL;
}
