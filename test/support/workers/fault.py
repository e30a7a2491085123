"""Runs a worker for an engine, and breaks the first attempt at shard 0 once it has copied rows.

fault.py KIND FOLDER COMMAND...   KIND: command, executor, straggler
"""

import os
import signal
import subprocess
import sys
import time


def is_first(folder, name):
    """True for the one that makes the file: of all attempts, on all executors, the first."""
    try:
        os.close(os.open(os.path.join(folder, name), os.O_CREAT | os.O_EXCL))
        return True
    except FileExistsError:
        return False


def parent_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        return int(stat.read().rsplit(")", 1)[1].split()[1])


def is_executor(pid):
    with open(f"/proc/{pid}/cmdline") as command:
        return "CoarseGrainedExecutorBackend" in command.read()


def executor():
    """The JVM of Spark's executor, or the process of Ray's worker."""
    pid = os.getppid()
    while pid > 1:
        if is_executor(pid):
            return pid
        pid = parent_of(pid)
    return os.getppid()


def break_it(kind, folder, child):
    if kind == "command":
        child.kill()
    elif kind == "executor":
        child.kill()
        os.kill(executor(), signal.SIGKILL)
    else:
        child.send_signal(signal.SIGSTOP)
        while not os.path.exists(os.path.join(folder, "second")):
            time.sleep(0.1)
        child.send_signal(signal.SIGCONT)


def main(kind, folder, *command):
    shard = command[command.index("--shard") + 1]
    breaks = shard == "0" and is_first(folder, "first")
    if shard == "0" and not breaks:
        is_first(folder, "second")
    child = subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True)
    for line in child.stdout:
        sys.stderr.write(line)
        if breaks and '"kind":"progress"' in line:
            breaks = False
            break_it(kind, folder, child)
    sys.exit(child.wait() and 1)


main(*sys.argv[1:])
