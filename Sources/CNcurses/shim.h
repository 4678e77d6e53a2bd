#pragma once
/* Wide characters: without this there is no cchar_t and no wget_wch. */
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>
#include <wchar.h>

/* Globals are shared mutable state to Swift: functions read them instead. */
static inline WINDOW *curses_screen(void) { return stdscr; }
static inline int curses_colors(void) { return COLORS; }
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

/* Macros with casts, shifts or arguments do not import. */
static const attr_t CURSES_BOLD = A_BOLD, CURSES_DIM = A_DIM, CURSES_UNDERLINE = A_UNDERLINE, CURSES_REVERSE = A_REVERSE;
static const mmask_t CURSES_BUTTON1_PRESSED = BUTTON1_PRESSED, CURSES_BUTTON1_RELEASED = BUTTON1_RELEASED,
                     CURSES_BUTTON4_PRESSED = BUTTON4_PRESSED, CURSES_BUTTON5_PRESSED = BUTTON5_PRESSED,
                     CURSES_MOTION = REPORT_MOUSE_POSITION;
static inline int curses_function_key(int number) { return KEY_F(number); }

/* One cell: a base character with its combining marks, attributes, and a pair that may exceed 255. */
static inline int curses_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, attributes, 0, &pair) == ERR) return ERR;
  return mvwadd_wch(stdscr, row, column, &cell);
}

/* Whether the terminal can put its cursor where it is told: without that there is no screen. */
static inline bool curses_can_address(void) {
  const char *capability = tigetstr("cup");
  return capability != 0 && capability != (const char *)-1;
}

/* Whether the terminal can scroll a part of its screen alone. */
static inline bool curses_has_scroll_region(void) {
  const char *capability = tigetstr("csr");
  return capability != 0 && capability != (const char *)-1;
}

/* The streams outlive the screen; curses keeps them. */
static inline SCREEN *curses_start(int output, int input) {
  FILE *out = fdopen(output, "w"), *in = fdopen(input, "r");
  return out && in ? newterm(0, out, in) : 0;
}
