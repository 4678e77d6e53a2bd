#ifndef SAMPLE_MATRICES_H
#define SAMPLE_MATRICES_H

#include <stddef.h>

/* The files of SampleData that are part of the program. */

/* How many there are. */
size_t sample_count(void);

/* The name of the one at `index`, below sample_count(): "camera". */
const char *sample_name(size_t index);

/* The name of its file: "camera.png". */
const char *sample_file(size_t index);

/* Its bytes, *length of them. */
const unsigned char *sample_bytes(size_t index, size_t *length);

#endif
