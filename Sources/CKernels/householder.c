#include "clones.h"
#include "kernels.h"

#include <math.h>

#define INLINED static inline __attribute__((always_inline))

/* The longest reflection: bandwidths are at most this. */
enum { longest = 128 };

/* H x = (beta, 0, …) with H = I - tau v vᵀ and v[0] = 1; x is `count` entries, `step` apart. Writes v, and beta and zeros
   into x; returns tau, 0 where nothing is to be done. Entries are near 1 at most, so squares do not overflow; what
   underflows is far below rounding. */
INLINED double reflection(double *x, long step, long count, double *v) {
#pragma clang fp reassociate(on) contract(fast)
  double square = 0;
  for (long k = 1; k < count; k++) {
    v[k] = x[k * step];
    square += v[k] * v[k];
  }
  v[0] = 1;
  if (square == 0) return 0;
  double first = x[0];
  double beta = -copysign(sqrt(first * first + square), first);
  double scale = 1 / (first - beta);
  for (long k = 1; k < count; k++) {
    v[k] *= scale;
    x[k * step] = 0;
  }
  x[0] = beta;
  return (beta - first) / beta;
}

/* A ← (I - tau v vᵀ) A for `columns` columns of `count` entries. */
INLINED void from_left(double *a, long stride, long count, long columns, const double *v, double tau) {
#pragma clang fp reassociate(on) contract(fast)
  long j = 0;
  /* Four columns at once: their sums do not wait for one another. */
  for (; j + 4 <= columns; j += 4) {
    double *c0 = a + j * stride, *c1 = c0 + stride, *c2 = c1 + stride, *c3 = c2 + stride;
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (long k = 0; k < count; k++) {
      s0 += v[k] * c0[k];
      s1 += v[k] * c1[k];
      s2 += v[k] * c2[k];
      s3 += v[k] * c3[k];
    }
    s0 *= tau, s1 *= tau, s2 *= tau, s3 *= tau;
    for (long k = 0; k < count; k++) {
      c0[k] -= s0 * v[k];
      c1[k] -= s1 * v[k];
      c2[k] -= s2 * v[k];
      c3[k] -= s3 * v[k];
    }
  }
  for (; j < columns; j++) {
    double *c = a + j * stride;
    double s = 0;
    for (long k = 0; k < count; k++) s += v[k] * c[k];
    s *= tau;
    for (long k = 0; k < count; k++) c[k] -= s * v[k];
  }
}

/* A ← A (I - tau v vᵀ) for `rows` rows of `count` entries. */
INLINED void from_right(double *restrict a, long stride, long rows, long count, const double *restrict v, double tau) {
#pragma clang fp contract(fast)
  double w[2 * longest];
  for (long i = 0; i < rows; i++) w[i] = a[i];
  long j = 1;
  for (; j + 4 <= count; j += 4) {
    const double *c0 = a + j * stride, *c1 = c0 + stride, *c2 = c1 + stride, *c3 = c2 + stride;
    double v0 = v[j], v1 = v[j + 1], v2 = v[j + 2], v3 = v[j + 3];
    for (long i = 0; i < rows; i++) w[i] += (v0 * c0[i] + v1 * c1[i]) + (v2 * c2[i] + v3 * c3[i]);
  }
  for (; j < count; j++)
    for (long i = 0; i < rows; i++) w[i] += v[j] * a[i + j * stride];
  for (long i = 0; i < rows; i++) w[i] *= tau;
  for (j = 0; j < count; j++) {
    double *c = a + j * stride, factor = v[j];
    for (long i = 0; i < rows; i++) c[i] -= factor * w[i];
  }
}

/* The task with all sizes known to the compiler where the block is whole, so that its loops unroll. */
INLINED void whole_task(double *above, double *diagonal, long stride, long rows, long columns, long count) {
  double v[longest];
  double tau = reflection(above, stride, count, v);
  if (tau != 0) from_right(above + 1, stride, rows, count, v, tau);
  tau = reflection(diagonal, 1, count, v);
  if (tau != 0) from_left(diagonal + stride, stride, count, columns, v, tau);
}

FOR_EVERY_PROCESSOR
void lowrank_bidiagonal_chase(double *origin, long stride, long n, long bandwidth, long sweep, long task) {
  long first = sweep + 1 + task * bandwidth;
  long end = first + bandwidth < n ? first + bandwidth : n;
  long last = end + bandwidth < n ? end + bandwidth : n;
  long count = end - first;
  if (count < 2) return;
  long row = task == 0 ? sweep : first - bandwidth;
  double *above = origin + row + first * stride, *diagonal = origin + first + first * stride;
  long rows = end - row - 1, columns = last - first - 1;
  if (rows == 2 * count - 1 && columns == 2 * count - 1) {
    switch (count) {
    case 12: whole_task(above, diagonal, stride, 23, 23, 12); return;
    case 16: whole_task(above, diagonal, stride, 31, 31, 16); return;
    case 24: whole_task(above, diagonal, stride, 47, 47, 24); return;
    case 32: whole_task(above, diagonal, stride, 63, 63, 32); return;
    case 48: whole_task(above, diagonal, stride, 95, 95, 48); return;
    }
  }
  whole_task(above, diagonal, stride, rows, columns, count);
}
