#pragma once
#include <cblas.h>

/* C's _Complex does not import into Swift: LAPACKE takes plain structs of the same layout instead. */
typedef struct { float re, im; } lowrank_complex_float;
typedef struct { double re, im; } lowrank_complex_double;
#define LAPACK_COMPLEX_CUSTOM 1
#define lapack_complex_float lowrank_complex_float
#define lapack_complex_double lowrank_complex_double
#include <lapacke.h>

/* The processors this process may run on; the C library hides the call from Swift behind _GNU_SOURCE. */
extern int lowrank_sched_getaffinity(int process, unsigned long size, unsigned char *mask) __asm__("sched_getaffinity");

/* The best kernels in OpenBLAS for this processor, by what it can do rather than by its model number: a name for
   OPENBLAS_CORETYPE, or 0 where its own choice should stand. */
static inline const char *lowrank_best_kernels(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return 0;
}
