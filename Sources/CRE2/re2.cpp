#include "include/CRE2.h"

#include <re2/re2.h>

// The object behind the C name is RE2's own. RE2 promises that const use is safe from many threads.
struct arka_re2 {
    explicit arka_re2(const re2::StringPiece &pattern, const RE2::Options &options)
        : expression(pattern, options) {}
    const RE2 expression;
};

namespace {

RE2::Options options(int64_t memory_bytes_max) {
    RE2::Options options;  // UTF-8 and Perl's syntax are the defaults
    options.set_log_errors(false);  // its log is standard error
    options.set_never_capture(true);  // nobody asks for groups, and their search is slower
    options.set_max_mem(memory_bytes_max);
    return options;
}

re2::StringPiece piece(const uint8_t *bytes, size_t length) {
    return re2::StringPiece(reinterpret_cast<const char *>(bytes), length);
}

}  // namespace

extern "C" arka_re2 *arka_re2_compile(
    const uint8_t *pattern, size_t length, int64_t memory_bytes_max) {
    try {
        return new arka_re2(piece(pattern, length), options(memory_bytes_max));
    } catch (...) {
        return nullptr;
    }
}

extern "C" void arka_re2_free(arka_re2 *compiled) { delete compiled; }

extern "C" int32_t arka_re2_error(const arka_re2 *compiled) {
    switch (compiled->expression.error_code()) {
        case RE2::NoError: return ARKA_RE2_FINE;
        case RE2::ErrorBadEscape: return ARKA_RE2_ESCAPE;
        case RE2::ErrorBadCharClass: return ARKA_RE2_CLASS;
        case RE2::ErrorBadCharRange: return ARKA_RE2_RANGE;
        case RE2::ErrorMissingBracket: return ARKA_RE2_OPEN_BRACKET;
        case RE2::ErrorMissingParen: return ARKA_RE2_OPEN_GROUP;
        case RE2::ErrorUnexpectedParen: return ARKA_RE2_CLOSED_GROUP;
        case RE2::ErrorTrailingBackslash: return ARKA_RE2_LAST_BACKSLASH;
        case RE2::ErrorRepeatArgument: return ARKA_RE2_REPEATS_NOTHING;
        case RE2::ErrorRepeatSize: return ARKA_RE2_REPETITION_BOUNDS;
        case RE2::ErrorRepeatOp: return ARKA_RE2_REPEATED_REPETITION;
        case RE2::ErrorBadPerlOp: return ARKA_RE2_GROUP_KIND;
        case RE2::ErrorBadUTF8: return ARKA_RE2_ENCODING;
        case RE2::ErrorBadNamedCapture: return ARKA_RE2_GROUP_NAME;
        case RE2::ErrorPatternTooLarge: return ARKA_RE2_TOO_LARGE;
        default: return ARKA_RE2_OTHER;
    }
}

extern "C" const uint8_t *arka_re2_error_argument(const arka_re2 *compiled, size_t *length) {
    const std::string &argument = compiled->expression.error_arg();
    *length = argument.size();
    return reinterpret_cast<const uint8_t *>(argument.data());
}

extern "C" int32_t arka_re2_search(
    const arka_re2 *compiled, const uint8_t *text, size_t length) {
    try {
        return compiled->expression.Match(
            piece(text, length), 0, length, RE2::UNANCHORED, nullptr, 0);
    } catch (...) {
        return -1;
    }
}
