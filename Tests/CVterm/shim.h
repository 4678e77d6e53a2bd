#pragma once
#include <vterm.h>

/* Bit fields and unions do not import: functions read them instead. */
static inline int emulator_is_bold(const VTermScreenCell *cell) { return cell->attrs.bold; }
static inline int emulator_is_reversed(const VTermScreenCell *cell) { return cell->attrs.reverse; }
static inline uint32_t emulator_character(const VTermScreenCell *cell) { return cell->chars[0]; }

/* A colour as an index into the palette, −1 for the terminal's own, −2 for a colour that is not in the palette. */
static inline int emulator_palette_index(VTermColor color) {
  if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color)) return -1;
  return VTERM_COLOR_IS_INDEXED(&color) ? color.indexed.idx : -2;
}
