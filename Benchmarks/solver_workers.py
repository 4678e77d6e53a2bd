"""Processes that solve: ours and those of other libraries, spoken to by lines and answering in JSON."""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
BENCH = os.path.join(ROOT, ".build/release/solver-bench")


class SolverError(Exception):
    """What a worker answered instead of a result."""


class Worker:
    """One process; it has its own thread pools, and idles while another one works."""

    def __init__(self, command):
        self.name = command[-1]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    @classmethod
    def ours(cls):
        return cls([os.environ.get("SOLVER_BENCH", BENCH)])

    @classmethod
    def peer(cls, library):
        return cls([sys.executable, os.path.join(HERE, "solver_peers.py"), library])

    def ask(self, *words):
        """The answer to a line of these words."""
        self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SolverError(f"{self.name} ended with {self.process.wait()} at “{' '.join(map(str, words))}”")
        answer = json.loads(answer)
        if "error" in answer:
            raise SolverError(answer["error"])
        return answer

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait()


class Bystanders:
    """The share of the machine that processes which are not ours took: pairs measured beside them say little."""

    def __init__(self, workers):
        self.workers = workers
        self.start = self.read()

    def read(self):
        with open("/proc/stat") as file:
            user, nice, system, idle, wait, *rest = map(int, file.readline().split()[1:9])
        busy = user + nice + system + sum(rest)
        own = 0
        for process in [os.getpid(), *(worker.process.pid for worker in self.workers())]:
            with open(f"/proc/{process}/stat") as file:
                own += sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13]))
        return busy - own, busy + idle + wait

    def share(self):
        busy, total = (after - before for after, before in zip(self.read(), self.start))
        return max(0.0, busy / max(1, total))


def short_and_long(shape):
    return min(shape), max(shape)


def machine():
    """A sentence on the machine."""
    import platform
    import re
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal: +(\d+)", file.read()).group(1)) / 1024 / 1024
    with open("/etc/os-release") as file:
        system = re.search(r'PRETTY_NAME="(.*)"', file.read()).group(1)
    name = model.group(1).strip() if model else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{name}, {cores} core{'s' * (cores > 1)}, {memory:.0f} GiB; {system}"
