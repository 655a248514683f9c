"""Runs commands in turn (A B A B ...) and prints what each run took, as JSON.

Reads {"commands": [{"name", "words", "cwd", "env"}], "rounds", "warmUps"} from standard input. The operating system counts
the time of each child and all its children (`wait4`), so nothing of this script is in the figures. Peak memory is that of
the largest single process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time


def run(command):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen(
            command["words"],
            cwd=command["cwd"],
            env={**os.environ, **command["env"]},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        return {
            "cpuSeconds": usage.ru_utime + usage.ru_stime,
            "wallSeconds": wall,
            # Linux counts in kilobytes, macOS in bytes.
            "peakBytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            "code": child.returncode,
            "stdout": tail_of(out),
            "stderr": tail_of(err),
        }


def tail_of(stream):
    stream.seek(0, os.SEEK_END)
    stream.seek(max(0, stream.tell() - 4000))
    return stream.read().decode("utf-8", "replace")


def main():
    wanted = json.load(sys.stdin)
    commands = wanted["commands"]
    runs = [[] for _ in commands]
    for turn in range(wanted["warmUps"] + wanted["rounds"]):
        for index, command in enumerate(commands):
            result = run(command)
            if turn >= wanted["warmUps"]:
                runs[index].append(result)
    json.dump(runs, sys.stdout)


main()
