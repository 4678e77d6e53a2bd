#include "sample_matrices.h"

#define SAMPLE(symbol) extern const unsigned char sample_##symbol##_begin[], sample_##symbol##_end[];
SAMPLE(camera)
SAMPLE(digits)
SAMPLE(iris)
SAMPLE(wine)
SAMPLE(minilm_query)

static const struct {
  const char *name, *file;
  const unsigned char *begin, *end;
} samples[] = {
    {"camera", "camera.png", sample_camera_begin, sample_camera_end},
    {"digits", "digits.csv", sample_digits_begin, sample_digits_end},
    {"iris", "iris.csv", sample_iris_begin, sample_iris_end},
    {"wine", "wine.csv", sample_wine_begin, sample_wine_end},
    {"minilm-query", "minilm-query.npy", sample_minilm_query_begin, sample_minilm_query_end},
};

size_t sample_count(void) { return sizeof samples / sizeof *samples; }

const char *sample_name(size_t index) { return samples[index].name; }

const char *sample_file(size_t index) { return samples[index].file; }

const unsigned char *sample_bytes(size_t index, size_t *length) {
  *length = (size_t)(samples[index].end - samples[index].begin);
  return samples[index].begin;
}
