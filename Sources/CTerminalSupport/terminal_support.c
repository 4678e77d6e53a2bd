#define _GNU_SOURCE
#include "terminal_support.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int wake_fd = -1;
static int tty_fd = -1;
static int screen_fd = -1;
static struct termios found_modes;
static int have_found_modes;
static atomic_uint pending_signals;
static atomic_int end_signal;
static atomic_int screen_is_live;
static atomic_int crash_is_handed_over;
static pthread_t drawing_thread;

void terminal_wake(void) {
  uint64_t one = 1;
  int saved = errno;
  ssize_t written = write(wake_fd, &one, sizeof one);
  (void)written;
  errno = saved;
}

static void note_signal(int signal_number) {
  switch (signal_number) {
    case SIGWINCH: atomic_fetch_or(&pending_signals, TERMINAL_SIGNAL_RESIZE); break;
    case SIGTSTP: atomic_fetch_or(&pending_signals, TERMINAL_SIGNAL_STOP); break;
    case SIGCONT: atomic_fetch_or(&pending_signals, TERMINAL_SIGNAL_CONTINUE); break;
    default: atomic_store(&end_signal, signal_number); break;
  }
  terminal_wake();
}

/* Leaves the screen with plain writes, then lets the signal do what it does by default.

   A crash on another thread is handed to the one that draws, which otherwise might take the screen over again before
   the process is gone; if that one does not come to it, this one goes on after a moment. */
static void restore_after_crash(int signal_number) {
  if (!pthread_equal(pthread_self(), drawing_thread)) {
    if (!atomic_exchange(&crash_is_handed_over, 1)) pthread_kill(drawing_thread, signal_number);
    struct timespec moment = {.tv_nsec = 200 * 1000 * 1000};
    nanosleep(&moment, 0);
  }
  if (atomic_exchange(&screen_is_live, 0)) {
    static const char leave[] =
        "\033[?1003l\033[?1002l\033[?1000l\033[?1006l\033[?2004l\033[0m\033[?25h\033[?1l\033>\033[?1049l\r\n";
    ssize_t written = write(screen_fd, leave, sizeof leave - 1);
    (void)written;
    /* Mouse reports and answers that nobody read must not land in the shell. */
    tcflush(tty_fd, TCIFLUSH);
    if (have_found_modes) tcsetattr(tty_fd, TCSANOW, &found_modes);
  }
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

int terminal_install(int input, int output) {
  tty_fd = input;
  screen_fd = output;
  drawing_thread = pthread_self();
  have_found_modes = tcgetattr(input, &found_modes) == 0;
  wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (wake_fd < 0) return -1;

  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  static const int noted[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
  for (unsigned i = 0; i < sizeof noted / sizeof *noted; i++) sigaction(noted[i], &action, 0);

  static char stack[64 * 1024];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, 0);
  action.sa_handler = restore_after_crash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
  for (unsigned i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &action, 0);
  signal(SIGPIPE, SIG_IGN);
  return wake_fd;
}

unsigned terminal_take_signals(void) {
  uint64_t count;
  ssize_t got = read(wake_fd, &count, sizeof count);
  (void)got;
  return atomic_exchange(&pending_signals, 0);
}

int terminal_end_signal(void) { return atomic_load(&end_signal); }

void terminal_set_live(int live) { atomic_store(&screen_is_live, live); }

void terminal_stop(void) {
  struct sigaction plain, ours;
  memset(&plain, 0, sizeof plain);
  sigemptyset(&plain.sa_mask);
  plain.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &plain, &ours);
  kill(getpid(), SIGTSTP);
  sigaction(SIGTSTP, &ours, 0);
}

int terminal_size(int *rows, int *columns) {
  struct winsize size;
  if (ioctl(tty_fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int terminal_poll(int milliseconds) {
  struct pollfd watched[2] = {{.fd = tty_fd, .events = POLLIN}, {.fd = wake_fd, .events = POLLIN}};
  int ready = poll(watched, 2, milliseconds);
  if (ready < 0) return errno == EINTR ? 0 : 4;
  int mask = 0;
  if (watched[0].revents & POLLIN) mask |= 1;
  if (watched[1].revents & POLLIN) mask |= 2;
  if (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)) mask |= 4;
  return mask;
}

void terminal_restore_modes(void) {
  tcdrain(screen_fd);
  tcflush(tty_fd, TCIFLUSH);
  if (have_found_modes) tcsetattr(tty_fd, TCSANOW, &found_modes);
}
