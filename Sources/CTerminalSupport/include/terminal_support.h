#pragma once

/* Signals, a wake-up descriptor and the restoring of the terminal after a crash: what must be done in C because Swift
   code may not run inside a signal handler. Every function is async-signal-safe but terminal_install. */

enum {
  TERMINAL_SIGNAL_RESIZE = 1,
  TERMINAL_SIGNAL_STOP = 2,
  TERMINAL_SIGNAL_CONTINUE = 4,
};

/* Remembers the state of the terminal that is read from `input` and written to `output`, installs the handlers and
   returns an eventfd to poll, or -1. */
int terminal_install(int input, int output);

/* Makes the eventfd readable, from any thread. */
void terminal_wake(void);

/* Clears the eventfd; returns the TERMINAL_SIGNAL_ bits seen since the last call. */
unsigned terminal_take_signals(void);

/* The signal that asked the program to end, or 0. */
int terminal_end_signal(void);

/* Tells the crash handler whether there is a screen to leave. */
void terminal_set_live(int live);

/* Stops the process by SIGTSTP's default action; returns after SIGCONT. */
void terminal_stop(void);

/* The terminal's size; 0, or -1 when it has none. */
int terminal_size(int *rows, int *columns);

/* Waits until the terminal or the eventfd is readable, at most `milliseconds` (-1: for ever). Returns a mask: 1 the terminal
   has input, 2 the eventfd, 4 the terminal is gone. */
int terminal_poll(int milliseconds);

/* Puts the terminal's modes back as terminal_install found them, and throws away typed-ahead mouse reports. */
void terminal_restore_modes(void);
