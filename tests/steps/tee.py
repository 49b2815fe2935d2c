"""Stand between harness and reference, and keep what both say: ``tee.py LOG COMMAND...``."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path


def carry(source, target, log, who):
    while line := source.readline():
        with log.open("ab", buffering=0) as file:
            file.write(who + line)
        target.write(line)
        target.flush()
    target.close()


def main(log, *command):
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        asked = (sys.stdin.buffer, process.stdin, Path(log), b"> ")
        threading.Thread(target=carry, args=asked, daemon=True).start()
        carry(process.stdout, sys.stdout.buffer, Path(log), b"< ")


if __name__ == "__main__":
    main(*sys.argv[1:])
