// RE2 behind plain C: compile a pattern once, search texts with it from any thread.
//
// RE2 is C++ and its header is a world of its own; with plain types here no Swift target has to be
// compiled for C++. No exception leaves these functions.
#ifndef ARKA_RE2_H
#define ARKA_RE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A compiled pattern, or what is wrong with one. Never changes, so threads may share it.
typedef struct arka_re2 arka_re2;

// What is wrong with a pattern.
enum {
    ARKA_RE2_FINE = 0,
    // An escape that RE2 does not have, back references among them.
    ARKA_RE2_ESCAPE = 1,
    // A class in brackets is malformed.
    ARKA_RE2_CLASS = 2,
    // A range in a class runs backwards, or a named class does not exist.
    ARKA_RE2_RANGE = 3,
    // `[` without `]`.
    ARKA_RE2_OPEN_BRACKET = 4,
    // `(` without `)`.
    ARKA_RE2_OPEN_GROUP = 5,
    // `)` without `(`.
    ARKA_RE2_CLOSED_GROUP = 6,
    // The pattern ends after a backslash.
    ARKA_RE2_LAST_BACKSLASH = 7,
    // A repetition of nothing.
    ARKA_RE2_REPEATS_NOTHING = 8,
    // A repetition with bounds that RE2 does not take.
    ARKA_RE2_REPETITION_BOUNDS = 9,
    // A repetition of a repetition.
    ARKA_RE2_REPEATED_REPETITION = 10,
    // `(?` followed by what RE2 does not have: look-around, atomic groups, comments.
    ARKA_RE2_GROUP_KIND = 11,
    // The pattern is not valid UTF-8.
    ARKA_RE2_ENCODING = 12,
    // A group's name is malformed or given twice.
    ARKA_RE2_GROUP_NAME = 13,
    // The compiled pattern needs more than the memory that it may have.
    ARKA_RE2_TOO_LARGE = 14,
    // Anything else.
    ARKA_RE2_OTHER = 15,
};

// Compiles a pattern of `length` bytes of UTF-8; texts are UTF-8 too.
//
// What it searches with takes at most `memory_bytes_max`, its caches included; beyond, searching is
// slower and still linear. Returns an object even for a faulty pattern: see `arka_re2_error`. NULL
// only if there was no memory. To be freed with `arka_re2_free`.
arka_re2 *arka_re2_compile(const uint8_t *pattern, size_t length, int64_t memory_bytes_max);

// Frees what `arka_re2_compile` returned; nothing may use it any more.
void arka_re2_free(arka_re2 *compiled);

// One of `ARKA_RE2_...`; a pattern that is not fine must not be searched with.
int32_t arka_re2_error(const arka_re2 *compiled);

// The part of the pattern that RE2 found fault with, or all of it. Lives as long as `compiled`.
const uint8_t *arka_re2_error_argument(const arka_re2 *compiled, size_t *length);

// Whether the pattern matches anywhere in the text: 1 or 0; -1 if there was no memory.
int32_t arka_re2_search(const arka_re2 *compiled, const uint8_t *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
