#pragma once
#include <sys/types.h>

/* A child on a pseudo-terminal, in C because nothing but async-signal-safe calls may run between fork and exec. */

/* Starts `path` in `directory` on a new pseudo-terminal whose modes differ from the defaults in ways that a program is
   unlikely to restore by chance. `input` becomes the child's standard input when it is not negative: then the terminal
   is only the controlling one. Returns the child's process id and the master's descriptor, or −1. */
pid_t pty_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *directory, int input, int rows,
    int columns, int *master);

/* Gives the terminal a new size, which sends SIGWINCH. */
int pty_resize(int master, int rows, int columns);

/* How many numbers pty_modes fills in. */
enum { PTY_MODE_COUNT = 36 };

/* The terminal's modes as numbers that can be compared: four flags and the control characters. */
int pty_modes(int master, unsigned modes[PTY_MODE_COUNT]);
