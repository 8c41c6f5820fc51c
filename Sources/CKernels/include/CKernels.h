// The few loops that want vector instructions: finding strings in JSON, and comparing columns.
//
// Each loop exists for several instruction sets; the caller chooses one with an `arka_path`, which
// must be at most what `arka_best_path` answered. All of them give the same results.
#ifndef ARKA_KERNELS_H
#define ARKA_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Which instructions a loop may use.
enum {
    ARKA_PATH_PORTABLE = 0,
    ARKA_PATH_AVX2 = 1,
    ARKA_PATH_AVX512 = 2,
};

// The fastest path that this machine can run.
int32_t arka_best_path(void);

// What `arka_find_strings` saw on its way.
enum {
    // A byte with the high bit set: the text needs to be checked for valid UTF-8.
    ARKA_SAW_NON_ASCII = 1,
    // A backslash: escapes need to be checked.
    ARKA_SAW_BACKSLASH = 2,
    // A control character inside a string: not JSON.
    ARKA_SAW_CONTROL = 4,
    // The last string has no end: not JSON.
    ARKA_SAW_OPEN_STRING = 8,
};

typedef struct {
    // How many strings have an end.
    uint32_t count;
    // A set of `ARKA_SAW_...`.
    uint32_t saw;
    // Offset of a block of 64 bytes before which all bytes are ASCII.
    uint32_t first_non_ascii;
} arka_strings;

// Writes the offset of each string's closing quote to `ends`, in order.
//
// Reads up to 63 bytes after `text + length`. `ends` must have room for `length / 2 + 64` values.
// `length` must be less than 2^32 - 64.
arka_strings arka_find_strings(
    int32_t path, const uint8_t *text, size_t length, uint32_t *ends);

// Whether the bytes are valid UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
// Returns the offset of the first sequence that is not; `length` if all are. Reads nothing beyond.
size_t arka_valid_utf8_prefix(const uint8_t *text, size_t length);

// Checks every backslash and what follows it. Returns the offset of the first escape that JSON does
// not know; `length` if there is none. Reads up to 6 bytes after `text + length`.
size_t arka_valid_escapes_prefix(const uint8_t *text, size_t length);

// Bit i of `mask` says whether `values[i] < bound`.
// Reads `words * 64` values and writes `words` masks.
void arka_below(
    int32_t path, const int64_t *values, size_t words, int64_t bound, uint64_t *mask);

// Bit i of `mask` says whether `values[i] == value`; otherwise as `arka_below`.
void arka_equal(
    int32_t path, const int64_t *values, size_t words, int64_t value, uint64_t *mask);

// Bit i of `mask` says whether bit `codes[i]` of the 256-bit `table` is set.
// Reads `words * 64` codes and writes `words` masks.
void arka_in_table(
    int32_t path, const uint8_t *codes, size_t words, const uint64_t *table, uint64_t *mask);

// Bit i of `mask` says whether `codes[i] == code`; otherwise as `arka_below`.
void arka_equal_code(
    int32_t path, const uint32_t *codes, size_t words, uint32_t code, uint64_t *mask);

// As `arka_in_table` for tables of `table_bits` bits; codes beyond have no bit.
void arka_in_large_table(
    const uint32_t *codes, size_t words, const uint64_t *table, uint32_t table_bits,
    uint64_t *mask);

// Whether a part, not empty, stands somewhere in a text. Linear in the text, whatever both are.
int32_t arka_contains(
    const uint8_t *text, size_t length, const uint8_t *part, size_t part_length);

#endif
