#define _GNU_SOURCE
#include "pty_support.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

static struct winsize window(int rows, int columns) {
  struct winsize size;
  memset(&size, 0, sizeof size);
  size.ws_row = (unsigned short)rows;
  size.ws_col = (unsigned short)columns;
  return size;
}

/* Cooked modes, with an erase character, an interrupt character and a flow control of their own. */
static void cooked(struct termios *modes) {
  memset(modes, 0, sizeof *modes);
  modes->c_iflag = ICRNL | IUTF8 | BRKINT;
  modes->c_oflag = OPOST | ONLCR;
  modes->c_cflag = CS8 | CREAD;
  modes->c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN;
  modes->c_cc[VINTR] = 3;
  modes->c_cc[VQUIT] = 28;
  modes->c_cc[VERASE] = 8;
  modes->c_cc[VKILL] = 24;
  modes->c_cc[VEOF] = 4;
  modes->c_cc[VSUSP] = 26;
  modes->c_cc[VMIN] = 1;
  cfsetspeed(modes, B38400);
}

pid_t pty_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *directory, int input, int rows,
    int columns, int *master) {
  struct winsize size = window(rows, columns);
  struct termios modes;
  cooked(&modes);
  int terminal;
  if (openpty(master, &terminal, 0, &modes, &size) != 0) return -1;
  /* Not fork(): its handlers stop BLAS's threads, while other tests may be in the middle of a call that waits for them. */
  pid_t child = _Fork();
  if (child == 0) {
    close(*master);
    if (login_tty(terminal) != 0) _exit(126);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    if (directory && chdir(directory) != 0) _exit(126);
    if (input >= 0 && dup2(input, STDIN_FILENO) < 0) _exit(126);
    execve(path, arguments, environment);
    _exit(127);
  }
  close(terminal);
  if (child > 0) fcntl(*master, F_SETFD, FD_CLOEXEC);
  return child;
}

int pty_resize(int master, int rows, int columns) {
  struct winsize size = window(rows, columns);
  return ioctl(master, TIOCSWINSZ, &size);
}

int pty_modes(int master, unsigned modes[PTY_MODE_COUNT]) {
  /* On Linux the master answers with the modes of the terminal at the other end. */
  struct termios found;
  if (tcgetattr(master, &found) != 0) return -1;
  modes[0] = found.c_iflag;
  modes[1] = found.c_oflag;
  modes[2] = found.c_cflag;
  modes[3] = found.c_lflag;
  for (int i = 0; i < PTY_MODE_COUNT - 4; i++) modes[4 + i] = i < NCCS ? found.c_cc[i] : 0;
  return 0;
}
