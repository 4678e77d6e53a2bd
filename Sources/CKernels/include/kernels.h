#pragma once

/* Inner loops whose speed is in the machine instructions, in C for one reason: the instructions are chosen when the program
   runs (AVX-512, AVX2 with FMA, or what every processor of the kind has), which Swift cannot say. */

/* One task of a sweep that turns an upper band matrix into a bidiagonal one.

   The n × n matrix has `bandwidth` superdiagonals, at most 128; entry (i, j) lies at origin[i + j * stride], and there is
   room for bandwidth - 1 subdiagonals and 2 * bandwidth - 1 superdiagonals. Task t of sweep s makes, from the right, all but
   the first entry zero in the row that its block of columns s + 1 + t * bandwidth … starts under, and then, from the left,
   all but the first entry of that block's first column. It touches rows and columns from s + (t - 1) * bandwidth to
   s + (t + 2) * bandwidth only. Task t may run once task t - 1 of the same sweep and task t + 2 of the sweep before are
   done.

   Source: Haidar, Kurzak & Luszczek, SC '13, art. 90 (kernels of the band reduction). */
void lowrank_bidiagonal_chase(double *origin, long stride, long n, long bandwidth, long sweep, long task);

/* What a pass over entries finds in each of eight lanes: entry i counts in lane i % 8. The order of the sums, and so their
   last bit, is the same on every processor. */
typedef struct {
  double lowest[8], highest[8], sum_of_squares[8];
} lowrank_lanes;

/* Adds `count` entries, a multiple of eight, to the lanes. If one of them is not finite, nor is one of the sums, and the
   range means nothing. */
void lowrank_add_floats(const float *entries, long count, lowrank_lanes *lanes);
void lowrank_add_doubles(const double *entries, long count, lowrank_lanes *lanes);

/* target[i] = source[i] * scale. */
void lowrank_widen_floats(const float *source, long count, double scale, double *target);
