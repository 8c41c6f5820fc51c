#include "CKernels.h"

static void below_portable(
    const int64_t *values, size_t words, int64_t bound, uint64_t *mask) {
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i++) bits |= (uint64_t)(values[w * 64 + i] < bound) << i;
        mask[w] = bits;
    }
}

static void equal_portable(
    const int64_t *values, size_t words, int64_t value, uint64_t *mask) {
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i++) bits |= (uint64_t)(values[w * 64 + i] == value) << i;
        mask[w] = bits;
    }
}

static void table_portable(
    const uint8_t *codes, size_t words, const uint64_t *table, uint64_t *mask) {
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i++) {
            uint8_t code = codes[w * 64 + i];
            bits |= (table[code >> 6] >> (code & 63) & 1) << i;
        }
        mask[w] = bits;
    }
}

static void equal_code_portable(
    const uint32_t *codes, size_t words, uint32_t code, uint64_t *mask) {
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i++) bits |= (uint64_t)(codes[w * 64 + i] == code) << i;
        mask[w] = bits;
    }
}

void arka_in_large_table(
    const uint32_t *codes, size_t words, const uint64_t *table, uint32_t table_bits,
    uint64_t *mask) {
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i++) {
            uint32_t code = codes[w * 64 + i];
            if (code < table_bits) bits |= (table[code >> 6] >> (code & 63) & 1) << i;
        }
        mask[w] = bits;
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

// One bit per comparison of 64 bits, for 32 comparisons in eight registers. Each answer is all ones
// or all zeros: half of it is taken, then packed twice. The packs work within the halves of a
// register, so lane 0 ends up with the answers 0 1, 4 5, 8 9 … and lane 1 with 2 3, 6 7, 10 11 …;
// unpacking pairs of them restores the order.
__attribute__((target("avx2"))) static inline uint64_t bits_of_answers(const __m256i answer[8]) {
    __m256i halved[4];
    for (int k = 0; k < 4; k++) {
        halved[k] = _mm256_castps_si256(_mm256_shuffle_ps(
            _mm256_castsi256_ps(answer[2 * k]), _mm256_castsi256_ps(answer[2 * k + 1]), 0x88));
    }
    __m256i first = _mm256_packs_epi32(halved[0], halved[1]);
    __m256i second = _mm256_packs_epi32(halved[2], halved[3]);
    __m256i packed = _mm256_packs_epi16(first, second);
    __m128i even = _mm256_castsi256_si128(packed);
    __m128i odd = _mm256_extracti128_si256(packed, 1);
    uint32_t low = (uint32_t)_mm_movemask_epi8(_mm_unpacklo_epi16(even, odd));
    uint32_t high = (uint32_t)_mm_movemask_epi8(_mm_unpackhi_epi16(even, odd));
    return (uint64_t)(low | high << 16);
}

__attribute__((target("avx2"))) static void below_avx2(
    const int64_t *values, size_t words, int64_t bound, uint64_t *mask) {
    const __m256i limit = _mm256_set1_epi64x(bound);
    for (size_t w = 0; w < words; w++, values += 64) {
        __m256i answer[16];
        for (int k = 0; k < 16; k++) {
            answer[k] = _mm256_cmpgt_epi64(
                limit, _mm256_loadu_si256((const __m256i *)(values + 4 * k)));
        }
        mask[w] = bits_of_answers(answer) | bits_of_answers(answer + 8) << 32;
    }
}

__attribute__((target("avx2"))) static void equal_avx2(
    const int64_t *values, size_t words, int64_t value, uint64_t *mask) {
    const __m256i wanted = _mm256_set1_epi64x(value);
    for (size_t w = 0; w < words; w++, values += 64) {
        __m256i answer[16];
        for (int k = 0; k < 16; k++) {
            answer[k] = _mm256_cmpeq_epi64(
                wanted, _mm256_loadu_si256((const __m256i *)(values + 4 * k)));
        }
        mask[w] = bits_of_answers(answer) | bits_of_answers(answer + 8) << 32;
    }
}

// The table's byte `code / 8` is fetched by two shuffles of 16 bytes each, then its bit `code % 8`
// is tested.
__attribute__((target("avx2"))) static void table_avx2(
    const uint8_t *codes, size_t words, const uint64_t *table, uint64_t *mask) {
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
    const __m256i high =
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(table + 2)));
    const __m256i bit_of = _mm256_set1_epi64x((long long)0x8040201008040201ull);
    for (size_t w = 0; w < words; w++) {
        uint64_t bits = 0;
        for (int half = 0; half < 2; half++) {
            __m256i code =
                _mm256_loadu_si256((const __m256i *)(codes + w * 64 + (size_t)half * 32));
            __m256i place = _mm256_and_si256(_mm256_srli_epi16(code, 3), _mm256_set1_epi8(0x1f));
            // The sign bit of the code says which half of the table it is in.
            __m256i byte = _mm256_blendv_epi8(
                _mm256_shuffle_epi8(low, place),
                _mm256_shuffle_epi8(high, _mm256_and_si256(place, _mm256_set1_epi8(0x0f))), code);
            __m256i bit =
                _mm256_shuffle_epi8(bit_of, _mm256_and_si256(code, _mm256_set1_epi8(7)));
            __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(byte, bit), bit);
            bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(set) << (half * 32);
        }
        mask[w] = bits;
    }
}

__attribute__((target("avx2"))) static void equal_code_avx2(
    const uint32_t *codes, size_t words, uint32_t code, uint64_t *mask) {
    const __m256i wanted = _mm256_set1_epi32((int)code);
    for (size_t w = 0; w < words; w++, codes += 64) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i += 8) {
            __m256i answer = _mm256_cmpeq_epi32(
                _mm256_loadu_si256((const __m256i *)(codes + i)), wanted);
            bits |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(answer)) << i;
        }
        mask[w] = bits;
    }
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

AVX512 static void below_avx512(
    const int64_t *values, size_t words, int64_t bound, uint64_t *mask) {
    const __m512i limit = _mm512_set1_epi64(bound);
    for (size_t w = 0; w < words; w++, values += 64) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i += 8) {
            bits |= (uint64_t)_mm512_cmplt_epi64_mask(_mm512_loadu_si512(values + i), limit) << i;
        }
        mask[w] = bits;
    }
}

AVX512 static void equal_avx512(
    const int64_t *values, size_t words, int64_t value, uint64_t *mask) {
    const __m512i wanted = _mm512_set1_epi64(value);
    for (size_t w = 0; w < words; w++, values += 64) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i += 8) {
            bits |= (uint64_t)_mm512_cmpeq_epi64_mask(_mm512_loadu_si512(values + i), wanted) << i;
        }
        mask[w] = bits;
    }
}

AVX512 static void equal_code_avx512(
    const uint32_t *codes, size_t words, uint32_t code, uint64_t *mask) {
    const __m512i wanted = _mm512_set1_epi32((int)code);
    for (size_t w = 0; w < words; w++, codes += 64) {
        uint64_t bits = 0;
        for (int i = 0; i < 64; i += 16) {
            bits |= (uint64_t)_mm512_cmpeq_epi32_mask(_mm512_loadu_si512(codes + i), wanted) << i;
        }
        mask[w] = bits;
    }
}

AVX512 static void table_avx512(
    const uint8_t *codes, size_t words, const uint64_t *table, uint64_t *mask) {
    const __m512i bytes =
        _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)table));
    const __m512i bit_of = _mm512_set1_epi64((long long)0x8040201008040201ull);
    for (size_t w = 0; w < words; w++) {
        __m512i code = _mm512_loadu_si512(codes + w * 64);
        __m512i place = _mm512_and_si512(_mm512_srli_epi16(code, 3), _mm512_set1_epi8(0x1f));
        __m512i byte = _mm512_permutexvar_epi8(place, bytes);
        __m512i bit = _mm512_shuffle_epi8(bit_of, _mm512_and_si512(code, _mm512_set1_epi8(7)));
        mask[w] = _mm512_test_epi8_mask(byte, bit);
    }
}
#endif

void arka_below(
    int32_t path, const int64_t *values, size_t words, int64_t bound, uint64_t *mask) {
#if defined(__x86_64__)
    if (path == ARKA_PATH_AVX512) return below_avx512(values, words, bound, mask);
    if (path == ARKA_PATH_AVX2) return below_avx2(values, words, bound, mask);
#endif
    (void)path;
    below_portable(values, words, bound, mask);
}

void arka_equal(
    int32_t path, const int64_t *values, size_t words, int64_t value, uint64_t *mask) {
#if defined(__x86_64__)
    if (path == ARKA_PATH_AVX512) return equal_avx512(values, words, value, mask);
    if (path == ARKA_PATH_AVX2) return equal_avx2(values, words, value, mask);
#endif
    (void)path;
    equal_portable(values, words, value, mask);
}

void arka_in_table(
    int32_t path, const uint8_t *codes, size_t words, const uint64_t *table, uint64_t *mask) {
#if defined(__x86_64__)
    if (path == ARKA_PATH_AVX512) return table_avx512(codes, words, table, mask);
    if (path == ARKA_PATH_AVX2) return table_avx2(codes, words, table, mask);
#endif
    (void)path;
    table_portable(codes, words, table, mask);
}

void arka_equal_code(
    int32_t path, const uint32_t *codes, size_t words, uint32_t code, uint64_t *mask) {
#if defined(__x86_64__)
    if (path == ARKA_PATH_AVX512) return equal_code_avx512(codes, words, code, mask);
    if (path == ARKA_PATH_AVX2) return equal_code_avx2(codes, words, code, mask);
#endif
    (void)path;
    equal_code_portable(codes, words, code, mask);
}
