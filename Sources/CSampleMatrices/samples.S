/* The assembler copies the files as they are: nothing has to be spelled out as source. */

#define SAMPLE(symbol, file)              \
  .global sample_##symbol##_begin;        \
  .global sample_##symbol##_end;          \
  .balign 16;                             \
  sample_##symbol##_begin: .incbin file;  \
  sample_##symbol##_end: .byte 0

  .section .rodata
SAMPLE(camera, "camera.png")
SAMPLE(digits, "digits.csv")
SAMPLE(iris, "iris.csv")
SAMPLE(wine, "wine.csv")
SAMPLE(minilm_query, "minilm-query.npy")

  .section .note.GNU-stack, "", %progbits
