"""Shakes the explorer: random sizes, keys, mouse reports and pasted text under load, and signals at random times.
Prints a Markdown table; exits with 1 if anything failed.

Usage: shake-terminal.py PROGRAM [--events N] [--signals N] [--seed N]
"""

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

KEYS = [
    "\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD", "\x1bOH", "\x1bOF", "\x1b[1;2C", "\x1b[1;2D", "\x1b[5~", "\x1b[6~",
    "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[Z", "\x1b[3~", "\x1b", "\r", "\t", "\x7f", "\x0c", "\x1a", " ",
    "h", "j", "k", "l", "H", "L", "[", "]", "g", "G", "r", "R", "i", "y", "x", "c", "t", "?",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
]
# q and Ctrl-C end the program and are left out; s writes files, so it comes seldom.
SAVE = "s"
PASTES = ["q", "12\x03q\n", "σ₁ ≥ σ₂", "\x1b[<0;1;1M", "x" * 3000]
ANSWERS = ["\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[?62;22c"]
SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGSEGV]
# Private modes of a terminal that nobody touched; the others are off. 12, blinking, is the terminal's own.
ON_AT_REST = {7, 25}
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


def write_matrix(path, size, seed):
    """Bytes without order, size × size."""
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({size}, {size}), }}"
    header += " " * (64 - (len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode())
        file.write(random.Random(seed).randbytes(size * size))


class Program:
    """The program on a pseudo-terminal, whose output is read and searched for modes."""

    def __init__(self, arguments, directory):
        self.master, slave = pty.openpty()
        self.resize(36, 120)
        # The slave stays open here: the terminal's attributes can be read when the program is gone.
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": directory}
        self.process = os.fork()
        if self.process == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for descriptor in range(3):
                os.dup2(slave, descriptor)
            os.closerange(3, 256)
            os.chdir(directory)
            os.execve(arguments[0], arguments, environment)
        self.modes = {}
        self.kept = b""
        self.count = 0
        self.status = None
        os.set_blocking(self.master, False)

    def resize(self, rows, columns):
        # The kernel sends SIGWINCH to the program.
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, timeout):
        """Takes what there is; whether there was anything."""
        if not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.count += len(data)
        text = self.kept + data
        for numbers, state in MODE.findall(text):
            for number in numbers.split(b";"):
                if number:
                    self.modes[int(number)] = state == b"h"
        # A sequence may be torn apart between two reads.
        start = text.rfind(b"\x1b", max(0, len(text) - 40))
        self.kept = text[start:] if start >= 0 and not MODE.search(text, start) else b""
        if b"\x1b]11;?" in data:
            self.send("\x1b]11;rgb:1c1c/1c1c/1c1c\x07\x1b[?62;22c")
        return True

    def send(self, text):
        """Types `text`; what the terminal's buffer has no room for waits for the program to read."""
        data = text.encode()
        end = time.monotonic() + 30
        while data and time.monotonic() < end:
            try:
                data = data[os.write(self.master, data):]
            except BlockingIOError:
                self.read(0.001)

    def has_ended(self):
        if self.status is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def wait(self, seconds):
        """Reads until the program has ended and everything it wrote was read; whether it ended in time."""
        end = time.monotonic() + seconds
        while not self.has_ended():
            self.read(0.005)
            if time.monotonic() > end:
                return False
        while self.read(0.01):
            pass
        return True

    def peak_memory(self):
        with open(f"/proc/{self.process}/status") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1024

    def faults(self):
        """What the program left behind that was not there before."""
        found = []
        if termios.tcgetattr(self.slave) != self.before:
            found.append("terminal attributes")
        disturbed = sorted(mode for mode, is_on in self.modes.items() if is_on != (mode in ON_AT_REST) and mode != 12)
        if disturbed:
            found.append("modes " + ", ".join(map(str, disturbed)))
        return found

    def close(self):
        if not self.has_ended():
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.master)
        os.close(self.slave)


def random_input(generator):
    """One key, mouse report, paste or answer."""
    kind = generator.random()
    if kind < 0.6:
        return generator.choice(KEYS)
    if kind < 0.61:
        return SAVE
    if kind < 0.9:
        button = generator.choice([0, 0, 32, 35, 35, 64, 65, 4, 99])
        place = f"{generator.randint(0, 320)};{generator.randint(0, 110)}"
        return f"\x1b[<{button};{place}{generator.choice('MMm')}"
    if kind < 0.95:
        return "\x1b[200~" + generator.choice(PASTES) + "\x1b[201~"
    return generator.choice(ANSWERS)


def storm(program, directory, matrix, events, generator):
    """Sizes and input under load, then q; the row of the table and what failed."""
    terminal = Program([program, matrix], directory)
    faults = []
    longest = 0.0
    begun = time.monotonic()
    while not terminal.modes.get(1049) and time.monotonic() - begun < 10:
        terminal.read(0.05)
    for step in range(events):
        if step % 2:
            terminal.resize(generator.randint(1, 100), generator.randint(1, 300))
        else:
            terminal.send(random_input(generator))
        if step % 50 == 49:
            # A question that every screen answers: draw everything again.
            while terminal.read(0):
                pass
            asked = time.monotonic()
            terminal.send("\x0c")
            while not terminal.read(0.01):
                if time.monotonic() - asked > 10 or terminal.has_ended():
                    faults.append(f"no answer at event {step}")
                    break
            longest = max(longest, time.monotonic() - asked)
        else:
            terminal.read(generator.choice([0, 0, 0.002, 0.01]))
        if faults or terminal.has_ended():
            faults.append(f"ended with {terminal.status} at event {step}" if terminal.has_ended() else "hangs")
            break
    took = time.monotonic() - begun
    memory = 0.0
    if not terminal.has_ended():
        terminal.resize(36, 120)
        memory = terminal.peak_memory()
        # An open overlay takes the first q.
        terminal.send("\x1b")
        time.sleep(0.1)
        terminal.send("q")
        asked = time.monotonic()
        while not terminal.wait(0.5) and time.monotonic() - asked < 10:
            terminal.send("q")
        if terminal.status != 0:
            faults.append(f"exit {terminal.status}")
    faults += terminal.faults()
    terminal.close()
    figures = f"{memory:.0f} MiB at most, longest wait {longest * 1000:.0f} ms, {terminal.count >> 20} MiB drawn"
    print(f"| {events:,} sizes, keys, mouse reports, pastes in {took:.0f} s | {figures} | {verdict(faults)} |", flush=True)
    return faults


def verdict(faults):
    return "ok" if not faults else "; ".join(sorted(set(faults)))


def shoot(program, directory, matrix, number, repeats, generator):
    """The same signal at random times; the row of the table and what failed."""
    faults = []
    ends = {}
    longest = 0.0
    for _ in range(repeats):
        terminal = Program([program, matrix], directory)
        delay = generator.uniform(0, 0.6)
        end = time.monotonic() + delay
        while time.monotonic() < end:
            terminal.read(max(0, min(0.005, end - time.monotonic())))
        sent = time.monotonic()
        os.kill(terminal.process, number)
        if not terminal.wait(20):
            faults.append(f"still there 20 s after {delay * 1000:.0f} ms")
        longest = max(longest, time.monotonic() - sent)
        ends[terminal.status] = ends.get(terminal.status, 0) + 1
        # Before the program has taken the signal over, and after a crash, the signal itself ends it.
        if terminal.status not in ((-number,) if number == signal.SIGSEGV else (128 + number, -number)):
            faults.append(f"exit {terminal.status} after {delay * 1000:.0f} ms")
        faults += [f"{fault} after {delay * 1000:.0f} ms" for fault in terminal.faults()]
        terminal.close()
    named = ", ".join(f"{count} × {'signal ' + str(-end) if end and end < 0 else end}" for end, count in sorted(
        ends.items(), key=lambda item: -item[1]))
    print(f"| {repeats} × {number.name} | {named}; longest end {longest * 1000:.0f} ms | {verdict(faults)} |", flush=True)
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--signals", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    program = os.path.abspath(options.program)
    faults = []
    print("| shaken by | figures | verdict |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        write_matrix(f"{directory}/noise.npy", 1024, options.seed)
        if options.events:
            faults += storm(program, directory, "noise.npy", options.events, generator)
        for number in SIGNALS if options.signals else []:
            faults += shoot(program, directory, "noise.npy", number, options.signals, generator)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
