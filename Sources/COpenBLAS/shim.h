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
