"""A program on a pseudo-terminal, and just enough of a terminal emulator to read what it drew."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

# A frame is complete when nothing has followed its last byte for so long. The frame's time is that of its last byte,
# so that a longer pause makes no figure smaller.
QUIET = 0.004

SEQUENCE = re.compile(
    rb"\x1b\[([?>]?)([0-9;]*)([@-~])|\x1b[()][A-Z0-9]|\x1b[=>78cM]|([\r\n\b\x07\t])|([^\x00-\x1f\x1b]+)", re.S)


class Screen:
    """The cells that ncurses' output for xterm-256color leaves behind."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.row = self.column = 0
        self.pending = b""
        self.margins = (0, rows - 1)
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]

    def feed(self, data):
        data = self.pending + data
        self.pending = b""
        position = 0
        while position < len(data):
            match = SEQUENCE.match(data, position)
            if not match:
                if data[position] == 0x1B and len(data) - position < 32:
                    self.pending = data[position:]
                    return
                position += 1
                continue
            position = match.end()
            if match.group(5) is not None:
                text = match.group(5)
                if position == len(data):  # A character may be cut at the end of what was read.
                    whole = text.decode("utf-8", "ignore").encode()
                    self.pending, text = text[len(whole):], whole
                self.draw(text.decode("utf-8", "replace"))
            elif match.group(4) is not None:
                self.control(match.group(4))
            elif match.group(0) == b"\x1bM":  # Reverse index: a shorter way one line up.
                self.reverse_index()
            elif match.group(3) is not None and not match.group(1):
                self.sequence(match.group(3), [int(n or 0) for n in match.group(2).split(b";")])

    def draw(self, text):
        for character in text:
            if self.row < self.rows and self.column < self.columns:
                self.cells[self.row][self.column] = character
            self.last = character
            self.column += 1

    def control(self, byte):
        if byte == b"\r":
            self.column = 0
        elif byte == b"\n":
            if self.row == self.margins[1]:
                self.scroll(1)
            else:
                self.row += 1
        elif byte == b"\b":
            self.column = max(0, min(self.column, self.columns) - 1)

    def reverse_index(self):
        if self.row == self.margins[0]:
            self.scroll(-1)
        else:
            self.row = max(0, self.row - 1)

    def scroll(self, lines):
        """Moves the lines between the margins up, or down where `lines` is negative."""
        top, bottom = self.margins
        for _ in range(abs(lines)):
            self.cells.insert(bottom if lines > 0 else top, self.cells.pop(top if lines > 0 else bottom))
            self.cells[bottom if lines > 0 else top] = [" "] * self.columns

    def sequence(self, final, numbers):
        first = numbers[0]
        count = max(1, first)
        if final == b"H":
            self.row, self.column = count - 1, max(1, numbers[1] if len(numbers) > 1 else 1) - 1
        elif final == b"d":
            self.row = count - 1
        elif final == b"G":
            self.column = count - 1
        elif final == b"A":
            self.row = max(0, self.row - count)
        elif final == b"B":
            self.row += count
        elif final == b"C":
            self.column += count
        elif final == b"D":
            self.column = max(0, self.column - count)
        elif final == b"b":
            self.draw(self.last * count)
        elif final == b"P":
            row = self.cells[self.row]
            row[self.column:] = row[self.column + count:] + [" "] * min(count, self.columns - self.column)
        elif final == b"@":
            row = self.cells[self.row]
            row[self.column:] = ([" "] * count + row[self.column:])[:self.columns - self.column]
        elif final == b"r":
            self.margins = (count - 1, (numbers[1] if len(numbers) > 1 and numbers[1] else self.rows) - 1)
            self.row = self.column = 0
        elif final in (b"S", b"T"):
            self.scroll(count if final == b"S" else -count)
        elif final == b"X":
            self.erase(self.column, self.column + count)
        elif final == b"K":
            self.erase(0 if first else self.column, self.column + 1 if first == 1 else self.columns)
        elif final == b"J":
            if first == 0:
                self.erase(self.column, self.columns)
                for row in range(self.row + 1, self.rows):
                    self.cells[row] = [" "] * self.columns
            else:
                self.clear()

    def erase(self, start, end):
        if self.row < self.rows:
            for column in range(start, min(end, self.columns)):
                self.cells[self.row][column] = " "

    @property
    def lines(self):
        return ["".join(row).rstrip() for row in self.cells]

    @property
    def text(self):
        return "\n".join(self.lines)


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, arguments, rows=36, columns=120):
        self.screen = Screen(rows, columns)
        environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": "/tmp"}
        self.started = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(arguments[0], arguments, environment)
        self.last_byte = self.started

    def read(self, timeout):
        """Draws one piece of output; whether there was one."""
        if not select.select([self.master], [], [], timeout)[0]:
            return False
        data = os.read(self.master, 1 << 16)
        self.last_byte = time.perf_counter()
        self.screen.feed(data)
        return True

    def send(self, keys):
        os.write(self.master, keys.encode())

    def frame(self, shows, timeout=120.0):
        """Waits for a complete frame of which `shows(screen)` holds; the time of its last byte."""
        end = time.perf_counter() + timeout
        while True:
            while not shows(self.screen):
                self.read(0.5)
                if time.perf_counter() > end:
                    raise SystemExit("the awaited frame did not come:\n" + self.screen.text)
            while self.read(QUIET):
                pass
            if shows(self.screen):
                return self.last_byte

    def settle(self, seconds):
        while self.read(seconds):
            pass

    def main_thread_seconds(self):
        """CPU time of the screen's thread: the queue's and OpenBLAS's threads do not count."""
        with open(f"/proc/{self.process}/task/{self.process}/schedstat") as file:
            return int(file.read().split()[0]) / 1e9

    def seconds(self):
        """CPU time of all threads."""
        with open(f"/proc/{self.process}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        os.kill(self.process, signal.SIGTERM)
        os.waitpid(self.process, 0)
        os.close(self.master)
