"""Shakes the explorer: random sizes, keys, commands, mouse reports and pasted text under load, after which the screen
must equal a fresh one; and signals at random times, after which the terminal must be as it was.
Prints a Markdown table; exits with 1 if anything failed. The screen is read from libvterm, as in the tests.

Usage: shake-terminal.py PROGRAM [--events N] [--signals N] [--seed N] [--only NAME,…]
"""

import argparse
import contextlib
import ctypes
import fcntl
import io
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import zipfile
import zlib

KEYS = [
    "\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD", "\x1bOH", "\x1bOF", "\x1b[1;2C", "\x1b[1;2D", "\x1b[5~", "\x1b[6~",
    "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[Z", "\x1b[3~", "\x1b", "\r",
    "\t", "\x7f", "\x0c", " ", *"hjklHL[]gGrRiyxcmptzbvWSAD+-=?'0123456789",
]
# They read the matrix again, write files or stop the program, so they come seldom.
SELDOM = [*"CNTXBes", "\x1a"]
# q and Ctrl-C end the program and are left out, as are :write and :quit.
COMMANDS = [
    "rank {n}", "{n}", "energy 0.{n}", "error {n}%", "parameters {n}%", "parameters {n}00", "rule knee", "rule nothing",
    "mark", "component {n}", "center {centering}", "scale columns", "scale none", "transpose", "columns 1-{n}",
    "drop 1", "drop none", "columns all", "missing zero", "missing drop-rows", "channel {channel}", "view {view}",
    "pin", "compare {file}", "set theme {theme}", "set map {map}", "set projector on", "set projector off",
    "set values linear", "set index log", "set curves off", "open {file}", "open missing\u0301.npy", "help", "save",
    "\u65e5\u672c", "", " ", "set", "x" * 5000,
]
WORDS = {
    "centering": ["none", "mean", "columns", "rows", "both", "all"],
    "channel": ["luma", "red", "green", "blue", "colour"],
    "view": ["overview", "spectrum", "numbers", "pictures", "components", "blocks"],
    "theme": ["dark", "light", "contrast"],
    "map": ["grey", "viridis", "cividis"],
    "file": ["noise.npy", "colours.png", "several.npz", "holes.csv", "gallery:hilbert", "none.npy"],
}
EDITS = ["\x1bOD", "\x1bOC", "\x1bOH", "\x1bOF", "\x1bOA", "\x1bOB", "\x7f", "\x15", "\t", "\x1b[Z", "\u0301"]
PASTES = ["q", "12\x03q\n", "\u03c3\u2081 \u2265 \u03c3\u2082", "\x1b[<0;1;1M", "x" * 3000]
ANSWERS = ["\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[?62;22c"]
SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGSEGV]
PHASES = ["start", "solving", "drawing", "prompt", "writing", "suspended"]
# What is opened, and the keys that lead from it to a spectrum.
KINDS = {"noise.npy": "", "colours.png": "", "several.npz": "\x1bOH\r", "gallery:ratings": "", "holes.csv": "\r"}
# Private modes of a terminal that nobody touched; the others are off. 12, blinking, is the terminal's own.
ON_AT_REST = {7, 25}
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


def npy(rows, columns, generator):
    """Bytes without order."""
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({rows}, {columns}), }}"
    header += " " * (64 - (len(header) + 11) % 64) + "\n"
    lead = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    return lead + generator.randbytes(rows * columns)


def png(rows, columns, generator):
    """A colour picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + generator.randbytes(3 * columns) for _ in range(rows))
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def npz(generator):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ["first", "second", "\u65e5\u672c", "a\x1b[31mb"]:
            archive.writestr(name + ".npy", npy(90, 60, generator))
    return packed.getvalue()


def csv(generator):
    """A table with names, a column that numbers the rows, and cells that are missing."""
    rows = ["id,alcohol,\u03b2,hue"]
    for row in range(80):
        cells = [f"{generator.gauss(0, 10 ** column):.3f}" if generator.random() > 0.05 else "" for column in range(3)]
        rows.append(",".join([str(row + 1)] + cells))
    return ("\n".join(rows) + "\n").encode()


def write_files(directory, seed):
    generator = random.Random(seed)
    files = {
        "noise.npy": npy(300, 200, generator), "large.npy": npy(1024, 1024, generator),
        "colours.png": png(160, 120, generator), "several.npz": npz(generator), "holes.csv": csv(generator),
    }
    for name, data in files.items():
        with open(f"{directory}/{name}", "wb") as file:
            file.write(data)


class Emulator:
    """libvterm, through ctypes: the cells that a user would see."""

    class Rect(ctypes.Structure):
        _fields_ = [(name, ctypes.c_int) for name in ("start_row", "end_row", "start_column", "end_column")]

    class Position(ctypes.Structure):
        _fields_ = [("row", ctypes.c_int), ("column", ctypes.c_int)]

    library = ctypes.CDLL("libvterm.so.0")
    library.vterm_new.restype = ctypes.c_void_p
    library.vterm_obtain_screen.restype = ctypes.c_void_p
    library.vterm_screen_get_text.restype = ctypes.c_size_t

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.terminal = ctypes.c_void_p(self.library.vterm_new(rows, columns))
        self.screen = ctypes.c_void_p(self.library.vterm_obtain_screen(self.terminal))
        self.library.vterm_set_utf8(self.terminal, 1)
        self.library.vterm_screen_enable_altscreen(self.screen, 1)
        self.library.vterm_screen_reset(self.screen, 1)

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.library.vterm_set_size(self.terminal, rows, columns)

    def write(self, data):
        self.library.vterm_input_write(self.terminal, data, ctypes.c_size_t(len(data)))

    def line(self, row):
        buffer = ctypes.create_string_buffer(8 * self.columns + 8)
        count = self.library.vterm_screen_get_text(
            self.screen, buffer, ctypes.c_size_t(len(buffer)), self.Rect(row, row + 1, 0, self.columns))
        return buffer.raw[:count].decode(errors="replace").rstrip()

    def text(self):
        return "\n".join(self.line(row) for row in range(self.rows))

    def cells(self, row):
        """A row's cells, whole: characters, attributes and colours as libvterm stores them."""
        found = []
        for column in range(self.columns):
            cell = ctypes.create_string_buffer(64)
            self.library.vterm_screen_get_cell(self.screen, self.Position(row, column), cell)
            # What was erased and what was written as a blank look the same.
            found.append(b" \0\0\0" * (not any(cell.raw[:4])) + cell.raw[4 * (not any(cell.raw[:4])):])
        return found

    def close(self):
        self.library.vterm_free(self.terminal)


class Program:
    """The program in the foreground of a session of its own, led by a process that does what a shell does: it notices
    when the program stops, and continues it when told."""

    def __init__(self, arguments, directory, emulates=False):
        self.master, slave = pty.openpty()
        self.emulator = Emulator(36, 120) if emulates else None
        self.resize(36, 120)
        # The slave stays open here: the terminal's attributes can be read when the program is gone.
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.events, report = os.pipe()
        orders, self.orders = os.pipe()
        self.leader = os.fork()
        if self.leader == 0:
            for descriptor in range(3, 256):
                if descriptor not in (slave, report, orders):
                    with contextlib.suppress(OSError):
                        os.close(descriptor)
            lead(slave, report, orders, arguments, directory)
        os.close(report)
        os.close(orders)
        self.modes, self.kept, self.count, self.status = {}, b"", 0, None
        self.is_stopped = False
        self.process = int.from_bytes(os.read(self.events, 4), "little")
        os.set_blocking(self.master, False)

    def resize(self, rows, columns):
        # The kernel sends SIGWINCH to the program.
        if self.emulator:
            self.emulator.resize(rows, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, timeout):
        """Takes what there is; whether there was anything."""
        ready = select.select([self.master] + ([self.events] if self.status is None else []), [], [], timeout)[0]
        if self.events in ready:
            self.take_report()
        if self.master not in ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.count += len(data)
        if self.emulator:
            self.emulator.write(data)
        text = self.kept + data
        for numbers, state in MODE.findall(text):
            for number in filter(None, numbers.split(b";")):
                self.modes[int(number)] = state == b"h"
        # A sequence may be torn apart between two reads.
        start = text.rfind(b"\x1b", max(0, len(text) - 40))
        self.kept = text[start:] if start >= 0 and not MODE.search(text, start) else b""
        if b"\x1b]11;?" in data:
            self.send("\x1b]11;rgb:1c1c/1c1c/1c1c\x07\x1b[?62;22c")
        return True

    def take_report(self):
        data = os.read(self.events, 8)
        if data[:1] == b"s":
            self.is_stopped = True
        else:
            self.status = int.from_bytes(data[1:5], "little", signed=True) if data[:1] == b"x" else -999

    def resume(self):
        self.is_stopped = False
        os.write(self.orders, b"c")

    def send(self, text):
        """Types `text`; what the terminal's buffer has no room for waits for the program to read."""
        data = text.encode()
        end = time.monotonic() + 30
        while data and self.status is None and time.monotonic() < end:
            try:
                data = data[os.write(self.master, data):]
            except BlockingIOError:
                self.read(0.001)
                if self.is_stopped:
                    self.resume()

    def wait(self, condition, seconds):
        """Reads until `condition`; whether it came in time."""
        end = time.monotonic() + seconds
        while not condition():
            self.read(0.005)
            if time.monotonic() > end:
                return False
        return True

    def rest(self, quiet=0.4, limit=30):
        """Reads until nothing has come for `quiet` seconds."""
        end = time.monotonic() + limit
        while self.read(quiet) and time.monotonic() < end:
            pass

    def ends(self, seconds):
        ended = self.wait(lambda: self.status is not None, seconds)
        while self.read(0.01):
            pass
        return ended

    def memory(self, field):
        with open(f"/proc/{self.process}/status") as file:
            return int(re.search(field + r":\s+(\d+)", file.read()).group(1)) / 1024

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
        if self.status is None:
            os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.leader, 0)
        for descriptor in (self.master, self.slave, self.events, self.orders):
            os.close(descriptor)
        if self.emulator:
            self.emulator.close()


def lead(slave, report, orders, arguments, directory):
    """The session's leader: starts the program, tells of its stops and its end."""
    environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": directory}
    # A crash before there is a screen is the Swift runtime's, which takes its time to report it.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(slave, os.getpgrp())
        for number in (signal.SIGTTOU, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        for descriptor in range(3):
            os.dup2(slave, descriptor)
        os.closerange(3, 256)
        os.chdir(directory)
        os.execve(arguments[0], arguments, environment)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.write(report, child.to_bytes(4, "little"))
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            os.write(report, b"x" + os.waitstatus_to_exitcode(status).to_bytes(4, "little", signed=True))
            os._exit(0)
        os.tcsetpgrp(slave, os.getpgrp())
        os.write(report, b"s")
        # Nothing to read: whoever gives the orders is gone.
        if not os.read(orders, 1):
            os.kill(child, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.tcsetpgrp(slave, child)
            os.kill(child, signal.SIGCONT)


def random_command(generator):
    """A whole command line, edited on the way, then entered or given up."""
    words = {name: generator.choice(choices) for name, choices in WORDS.items()}
    line = ":" + generator.choice(COMMANDS).format(n=generator.randint(0, 99), **words)
    if generator.random() < 0.4:
        # Completion may offer any command, :quit among them: this line is not entered.
        return line + "".join(generator.choices(EDITS, k=6)) + "\x1b"
    return line + generator.choice(["\r", "\r", "\r", "\x07"])


def random_input(generator):
    """One key, command, search, mouse report, paste or answer."""
    kind = generator.random()
    if kind < 0.5:
        return generator.choice(KEYS)
    if kind < 0.53:
        return generator.choice(SELDOM)
    if kind < 0.6:
        return random_command(generator)
    if kind < 0.61:
        return "/" + generator.choice(["a", "smooth", "\u65e5", "zzz"]) + generator.choice(["\r", "\x1b"])
    if kind < 0.9:
        button = generator.choice([0, 0, 32, 35, 35, 64, 65, 4, 99])
        place = f"{generator.randint(0, 320)};{generator.randint(0, 110)}"
        return f"\x1b[<{button};{place}{generator.choice('MMm')}"
    if kind < 0.95:
        return "\x1b[200~" + generator.choice(PASTES) + "\x1b[201~"
    return generator.choice(ANSWERS)


@contextlib.contextmanager
def load():
    """One busy process for every core."""
    workers, parent = [], os.getpid()
    for _ in range(os.cpu_count() or 1):
        worker = os.fork()
        if worker == 0:
            while os.getppid() == parent:
                sum(range(10_000))
        workers.append(worker)
    try:
        yield
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)


def settle(terminal, matrix, choice):
    """From wherever it is to one known state; what failed."""
    terminal.resize(36, 120)
    for _ in range(3):
        terminal.send("\x1b")
        terminal.rest()
    commands = ["theme dark", "map grey", "projector off", "values log", "index linear", "curves on"]
    for command in [f"set {change}" for change in commands] + [f"open {matrix}"]:
        terminal.send(f":{command}\r")
        terminal.rest(0.1)
    terminal.rest()
    if choice:
        terminal.send(choice)
    if not terminal.wait(lambda: "exact \u00b7" in terminal.emulator.line(0), 60):
        return ["no spectrum at the end:\n" + terminal.emulator.text()]
    # What was pinned is taken away: of two presses, the one that pins comes first or second.
    terminal.send("p")
    terminal.rest()
    if "pinned" in terminal.emulator.line(35):
        terminal.send("p")
    terminal.send("\x1bOQ17\r")
    terminal.rest(1.0)
    return []


def picture(terminal):
    """The screen without the title, which tells how long it took."""
    return [terminal.emulator.cells(row) for row in range(1, 36)], terminal.emulator.text()


def compare(shaken, fresh):
    differing = [
        (row, column) for row, lines in enumerate(zip(shaken[0], fresh[0])) for column, cells in enumerate(zip(*lines))
        if cells[0] != cells[1]]
    if not differing:
        return []
    row, column = differing[0]
    print(shaken[1], fresh[1], sep="\n", file=sys.stderr)
    found, wanted = (screen[0][row][column][:40].hex(" ", -4) for screen in (shaken, fresh))
    return [f"{len(differing)} cells differ from a fresh screen's, first in row {row + 1}, column {column}: {found}, not {wanted}"]


def storm(program, directory, matrix, choice, events, generator):
    """Sizes and input under load, then q; prints the row of the table, returns what failed."""
    arguments = [program] if matrix.startswith("gallery:") else [program, matrix]
    terminal = Program(arguments, directory, emulates=True)
    faults, longest, memories = [], 0.0, []
    begun = time.monotonic()
    terminal.wait(lambda: terminal.modes.get(1049), 10)
    with load():
        for step in range(events):
            if step % 2:
                terminal.resize(generator.randint(1, 100), generator.randint(1, 300))
            else:
                terminal.send(random_input(generator))
            terminal.read(generator.choice([0, 0, 0.002, 0.01, 0.03]))
            if terminal.is_stopped:
                terminal.resume()
            if step % 50 == 49:
                # A question that every screen answers: draw everything again.
                while terminal.read(0):
                    pass
                asked = time.monotonic()
                terminal.send("\x0c")
                while terminal.status is None and not terminal.read(0.01):
                    if terminal.is_stopped:
                        terminal.resume()
                    if time.monotonic() - asked > 20:
                        faults.append(f"no answer at event {step}")
                        break
                longest = max(longest, time.monotonic() - asked)
                if terminal.status is None:
                    memories.append(terminal.memory("VmRSS"))
            if faults or terminal.status is not None:
                break
        if terminal.status is not None:
            faults.append(f"ended with {terminal.status} at event {step}")
    took = time.monotonic() - begun
    peak = 0.0
    if not faults:
        peak = terminal.memory("VmHWM")
        half = len(memories) // 2
        if max(memories[half:], default=0) > 2 * max(memories[:half], default=0) + 64:
            faults.append(f"memory grows from {max(memories[:half]):.0f} to {max(memories[half:]):.0f} MiB")
        fresh = Program(arguments, directory, emulates=True)
        fresh.wait(lambda: fresh.modes.get(1049), 10)
        fresh.rest()
        faults += settle(terminal, matrix, choice) + settle(fresh, matrix, choice)
        if not faults:
            faults += compare(picture(terminal), picture(fresh))
        fresh.close()
        for _ in range(4):
            terminal.send("q")
            if terminal.ends(1):
                break
        if terminal.status != 0:
            faults.append(f"exit {terminal.status}")
    faults += terminal.faults() + leftovers(directory)
    terminal.close()
    figures = f"{peak:.0f} MiB at most, longest wait {longest * 1000:.0f} ms, {terminal.count >> 20} MiB drawn"
    print(f"| {events:,} sizes and inputs over {matrix} in {took:.0f} s | {figures} | {verdict(faults)} |", flush=True)
    return faults


def verdict(faults):
    return "ok" if not faults else "; ".join(sorted(set(faults)))


def leftovers(directory, crashed=False):
    """Files that are not whole. A crash may leave a file that was being written, under a name of its own."""
    found = []
    for name in os.listdir(directory):
        path = f"{directory}/{name}"
        if name.endswith(".tmp"):
            if not crashed:
                found.append("left " + name)
            os.unlink(path)
        elif name.startswith("lowrank-"):
            with open(path, "rb") as file:
                data = file.read()
            if not (zipfile.is_zipfile(path) if name.endswith(".npz") else data.endswith((b"\n", b"</svg>"))):
                found.append("partial " + name)
            os.unlink(path)
    return found


def approach(terminal, phase, generator):
    """Brings the program to where the signal is to meet it."""
    def pass_time(seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            terminal.read(max(0, end - time.monotonic()))
    if phase == "start":
        return pass_time(generator.uniform(0, 0.1))
    terminal.wait(lambda: terminal.modes.get(1049), 10)
    if phase == "solving":
        return pass_time(generator.uniform(0, 0.6))
    if phase == "drawing":
        for _ in range(generator.randint(1, 40)):
            terminal.resize(generator.randint(16, 100), generator.randint(60, 300))
            terminal.send(generator.choice(KEYS))
            terminal.read(0.002)
    if phase == "prompt":
        terminal.send(generator.choice([":", ":rank 1", ":open no\t", ":\t\t"]))
        pass_time(generator.uniform(0, 0.05))
    if phase == "writing":
        pass_time(0.9)
        terminal.send(generator.choice(["e", "s", ":write lowrank-out.csv\r", ":write lowrank-out.npz\r"]))
        pass_time(generator.uniform(0, 0.05))
    if phase == "suspended":
        pass_time(generator.uniform(0, 0.1))
        terminal.send("\x1a")
        terminal.wait(lambda: terminal.is_stopped, 10)
        if generator.random() < 0.3:
            terminal.resume()
            pass_time(generator.uniform(0, 0.02))


def shoot(program, directory, number, repeats, generator):
    """The same signal at random times; prints the row of the table, returns what failed."""
    faults, ends, longest = [], {}, 0.0
    for index in range(repeats):
        phase = PHASES[index % len(PHASES)]
        terminal = Program([program, "large.npy"], directory)
        approach(terminal, phase, generator)
        while terminal.read(0):
            pass
        sent = time.monotonic()
        # One that is gone is found below, by how it ended.
        with contextlib.suppress(ProcessLookupError):
            os.kill(terminal.process, number)
        if terminal.is_stopped:
            # A stopped process takes a signal when it is continued.
            terminal.resume()
        if not terminal.ends(20):
            faults.append(f"still there 20 s after {number.name} while {phase}")
        longest = max(longest, time.monotonic() - sent)
        ends[terminal.status] = ends.get(terminal.status, 0) + 1
        # Before the program has taken the signal over, and after a crash, the signal itself ends it.
        if terminal.status not in ((-number,) if number == signal.SIGSEGV else (128 + number, -number)):
            faults.append(f"exit {terminal.status} while {phase}")
        faults += [f"{fault} while {phase}" for fault in terminal.faults()]
        faults += [f"{fault} while {phase}" for fault in leftovers(directory, number == signal.SIGSEGV)]
        terminal.close()
    named = ", ".join(f"{count} \u00d7 {'signal ' + str(-end) if end and end < 0 else end}" for end, count in sorted(
        ends.items(), key=lambda item: -item[1]))
    print(f"| {repeats} \u00d7 {number.name} | {named}; longest end {longest * 1000:.0f} ms | {verdict(faults)} |", flush=True)
    return faults


def shake_all(options):
    """Shakes by everything, each in a process of its own: if the emulator crashes, the others are still told."""
    print("| shaken by | figures | verdict |\n|---|---|---|", flush=True)
    failed = False
    for name in [*KINDS, *(number.name for number in SIGNALS)]:
        count = options.events if name in KINDS else options.signals
        if count:
            # libvterm 0.1.4 now and then crashes while it draws; that is told, and tried again.
            for _ in range(5):
                command = [sys.executable, *sys.argv, "--only", name]
                ended = subprocess.run(command, stderr=subprocess.DEVNULL, start_new_session=True).returncode
                if ended >= 0:
                    break
                print(f"| {name} | the emulator crashed (signal {-ended}) | again |", flush=True)
            failed = failed or ended != 0
    sys.exit(1 if failed else 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--signals", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="names of what is opened, or of signals")
    options = parser.parse_args()
    if not options.only:
        shake_all(options)
    only = options.only.split(",")
    program = os.path.abspath(options.program)
    faults = []
    for matrix, choice in KINDS.items():
        if matrix in only and options.events:
            with tempfile.TemporaryDirectory() as directory:
                write_files(directory, options.seed)
                generator = random.Random(f"{options.seed} {matrix}")
                faults += storm(program, directory, matrix, choice, options.events // len(KINDS), generator)
    for number in SIGNALS:
        if number.name in only and options.signals:
            with tempfile.TemporaryDirectory() as directory:
                write_files(directory, options.seed)
                generator = random.Random(f"{options.seed} {number.name}")
                faults += shoot(program, directory, number, options.signals, generator)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
