#include "CKernels.h"

int32_t arka_best_path(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi2")) {
        return ARKA_PATH_AVX512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
        __builtin_cpu_supports("bmi2")) {
        return ARKA_PATH_AVX2;
    }
#endif
    return ARKA_PATH_PORTABLE;
}
