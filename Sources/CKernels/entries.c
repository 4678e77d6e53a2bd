#include "clones.h"
#include "kernels.h"

#define ADD(entries, count, lanes)                                                                                     \
  lowrank_lanes sums = *lanes;                                                                                         \
  for (long start = 0; start + 8 <= count; start += 8)                                                                 \
    for (long lane = 0; lane < 8; lane++) {                                                                            \
      double value = entries[start + lane];                                                                            \
      sums.lowest[lane] = value < sums.lowest[lane] ? value : sums.lowest[lane];                                       \
      sums.highest[lane] = value > sums.highest[lane] ? value : sums.highest[lane];                                    \
      sums.sum_of_squares[lane] += value * value;                                                                      \
    }                                                                                                                  \
  *lanes = sums

FOR_EVERY_PROCESSOR
void lowrank_add_floats(const float *entries, long count, lowrank_lanes *lanes) {
#pragma clang fp contract(off)
  ADD(entries, count, lanes);
}

FOR_EVERY_PROCESSOR
void lowrank_add_doubles(const double *entries, long count, lowrank_lanes *lanes) {
#pragma clang fp contract(off)
  ADD(entries, count, lanes);
}

FOR_EVERY_PROCESSOR
void lowrank_widen_floats(const float *restrict source, long count, double scale, double *restrict target) {
  for (long i = 0; i < count; i++) target[i] = source[i] * scale;
}
