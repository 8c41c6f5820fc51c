#include "CKernels.h"

// The portable loop. A backslash takes the next byte with it, inside strings and (where it is not
// JSON anyway) outside, so that all paths agree.
static arka_strings find_portable(const uint8_t *text, size_t length, uint32_t *ends) {
    arka_strings found = {0, 0, (uint32_t)length};
    int inside = 0;
    int escaped = 0;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = text[i];
        if (byte >= 0x80 && !(found.saw & ARKA_SAW_NON_ASCII)) {
            found.saw |= ARKA_SAW_NON_ASCII;
            found.first_non_ascii = (uint32_t)i;
        }
        if (byte < 0x20 && inside) found.saw |= ARKA_SAW_CONTROL;
        if (escaped) {
            escaped = 0;
        } else if (byte == '\\') {
            found.saw |= ARKA_SAW_BACKSLASH;
            escaped = 1;
        } else if (byte == '"') {
            if (inside) ends[found.count++] = (uint32_t)i;
            inside = !inside;
        }
    }
    if (inside) found.saw |= ARKA_SAW_OPEN_STRING;
    return found;
}

#if defined(__x86_64__)
#include <immintrin.h>

// The characters that a backslash before them takes the meaning from. `carry` says whether the last
// character of the block before was such a backslash. Backslashes are rare, so a loop will do.
static inline uint64_t escaped_by(uint64_t backslashes, uint64_t *carry) {
    uint64_t escaped = *carry;
    *carry = 0;
    if (__builtin_expect(backslashes == 0, 1)) return escaped;
    uint64_t left = backslashes & ~escaped;
    while (left) {
        int i = __builtin_ctzll(left);
        if (i == 63) {
            *carry = 1;
            break;
        }
        escaped |= 1ull << (i + 1);
        left &= ~(3ull << i);
    }
    return escaped;
}

// Bits up to the end of the text in the block at offset `i`.
static inline uint64_t within(size_t i, size_t length) {
    return length - i >= 64 ? ~0ull : (1ull << (length - i)) - 1;
}

// Appends the offsets of set bits. Writes up to 6 values more than there are bits: that many ends of
// strings in 64 bytes are usual, and a loop would be mispredicted.
__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul"))) static inline uint32_t *
append_offsets(uint32_t *out, uint32_t base, uint64_t bits) {
    uint32_t *next = out + _mm_popcnt_u64(bits);
    for (int k = 0; k < 6; k++) {
        out[k] = base + (uint32_t)_tzcnt_u64(bits);
        bits = _blsr_u64(bits);
    }
    for (out += 6; __builtin_expect(bits != 0, 0); out++) {
        *out = base + (uint32_t)_tzcnt_u64(bits);
        bits = _blsr_u64(bits);
    }
    return next;
}

// From each quote to the next: set from an opening quote up to before the closing one.
__attribute__((target("pclmul"))) static inline uint64_t inside_quotes(uint64_t quotes) {
    __m128i product = _mm_clmulepi64_si128(
        _mm_set_epi64x(0, (long long)quotes), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

__attribute__((target("avx2"))) static inline uint64_t bits_of(__m256i low, __m256i high) {
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

// What is carried from one block of 64 bytes to the next.
typedef struct {
    arka_strings found;
    // All ones if a string is open at the end of the block, else zero.
    uint64_t open;
    // Whether the block ended in a backslash that takes the next character with it.
    uint64_t carry;
} scan_state;

// Handles what most blocks do not have: backslashes, control characters, bytes beyond ASCII.
// Returns the quotes that count.
__attribute__((target("avx2,pclmul"), noinline)) static uint64_t special_avx2(
    scan_state *state, __m256i low, __m256i high, uint64_t quotes, uint64_t limit, size_t i) {
    const __m256i backslash = _mm256_set1_epi8('\\');
    const __m256i control = _mm256_set1_epi8(0x1f);
    uint64_t backslashes =
        bits_of(_mm256_cmpeq_epi8(low, backslash), _mm256_cmpeq_epi8(high, backslash)) & limit;
    if (backslashes) state->found.saw |= ARKA_SAW_BACKSLASH;
    quotes &= ~escaped_by(backslashes, &state->carry);
    uint64_t controls = bits_of(
        _mm256_cmpeq_epi8(_mm256_min_epu8(low, control), low),
        _mm256_cmpeq_epi8(_mm256_min_epu8(high, control), high));
    if (controls & limit & (inside_quotes(quotes) ^ state->open)) {
        state->found.saw |= ARKA_SAW_CONTROL;
    }
    if (!(state->found.saw & ARKA_SAW_NON_ASCII) && (bits_of(low, high) & limit)) {
        state->found.saw |= ARKA_SAW_NON_ASCII;
        state->found.first_non_ascii = (uint32_t)i;
    }
    return quotes;
}

__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul"), always_inline)) static inline uint32_t *
block_avx2(scan_state *state, const uint8_t *text, size_t i, uint64_t limit, uint32_t *out) {
    const __m256i quote = _mm256_set1_epi8('"');
    const __m256i backslash = _mm256_set1_epi8('\\');
    const __m256i control = _mm256_set1_epi8(0x1f);
    __m256i low = _mm256_loadu_si256((const __m256i *)(text + i));
    __m256i high = _mm256_loadu_si256((const __m256i *)(text + i + 32));
    uint64_t quotes =
        bits_of(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote)) & limit;
    // The sign bit of each byte says whether it is special.
    __m256i least = _mm256_min_epu8(low, high);
    __m256i special = _mm256_or_si256(
        _mm256_or_si256(low, high),
        _mm256_or_si256(
            _mm256_or_si256(
                _mm256_cmpeq_epi8(low, backslash), _mm256_cmpeq_epi8(high, backslash)),
            _mm256_cmpeq_epi8(_mm256_min_epu8(least, control), least)));
    if (__builtin_expect(_mm256_movemask_epi8(special) | (int)state->carry, 0)) {
        quotes = special_avx2(state, low, high, quotes, limit, i);
    }
    uint64_t inside = inside_quotes(quotes) ^ state->open;
    state->open = (uint64_t)((int64_t)inside >> 63);
    return append_offsets(out, (uint32_t)i, quotes & ~inside);
}

__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul"))) static arka_strings
find_avx2(const uint8_t *text, size_t length, uint32_t *ends) {
    scan_state state = {{0, 0, (uint32_t)length}, 0, 0};
    uint32_t *out = ends;
    size_t i = 0;
    for (; length - i >= 64; i += 64) out = block_avx2(&state, text, i, ~0ull, out);
    if (i < length) out = block_avx2(&state, text, i, within(i, length), out);
    if (state.open) state.found.saw |= ARKA_SAW_OPEN_STRING;
    state.found.count = (uint32_t)(out - ends);
    return state.found;
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt,"
                      "pclmul"))) static arka_strings
find_avx512(const uint8_t *text, size_t length, uint32_t *ends) {
    arka_strings found = {0, 0, (uint32_t)length};
    uint32_t *out = ends;
    uint64_t carry = 0;
    uint64_t open = 0;
    const __m512i quote = _mm512_set1_epi8('"');
    const __m512i backslash = _mm512_set1_epi8('\\');
    const __m512i space = _mm512_set1_epi8(0x20);
    for (size_t i = 0; i < length; i += 64) {
        uint64_t limit = within(i, length);
        __m512i block = _mm512_maskz_loadu_epi8(limit, text + i);
        uint64_t quotes = _mm512_cmpeq_epi8_mask(block, quote);
        uint64_t backslashes = _mm512_cmpeq_epi8_mask(block, backslash);
        if (__builtin_expect(carry | backslashes, 0)) {
            if (backslashes) found.saw |= ARKA_SAW_BACKSLASH;
            quotes &= ~escaped_by(backslashes, &carry) & limit;
        }
        uint64_t inside = inside_quotes(quotes) ^ open;
        open = (uint64_t)((int64_t)inside >> 63);
        if (_mm512_cmplt_epu8_mask(block, space) & inside & limit) {
            found.saw |= ARKA_SAW_CONTROL;
        }
        if (__builtin_expect(_mm512_movepi8_mask(block) != 0, 0) &&
            !(found.saw & ARKA_SAW_NON_ASCII)) {
            found.saw |= ARKA_SAW_NON_ASCII;
            found.first_non_ascii = (uint32_t)i;
        }
        out = append_offsets(out, (uint32_t)i, quotes & ~inside);
    }
    if (open) found.saw |= ARKA_SAW_OPEN_STRING;
    found.count = (uint32_t)(out - ends);
    return found;
}
#endif

arka_strings arka_find_strings(
    int32_t path, const uint8_t *text, size_t length, uint32_t *ends) {
#if defined(__x86_64__)
    if (path == ARKA_PATH_AVX512) return find_avx512(text, length, ends);
    if (path == ARKA_PATH_AVX2) return find_avx2(text, length, ends);
#endif
    (void)path;
    return find_portable(text, length, ends);
}
