"""The command line in a copy of a process that has loaded it: a start without its imports.

A test that is about the start itself takes a process of its own, as ``test_front_door`` does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from pytest_bdd.feature import get_features

from denbun import cli
from denbun import run as _run
from denbun import suite as _suite
from steps import plugin as _plugin
from steps.register import FEATURES
from steps.run import checked_profile

__all__ = ["AVAILABLE", "run"]

AVAILABLE = hasattr(os, "fork")

_LOADED = (_run, _suite, _plugin)
"""What a run imports when it begins."""

checked_profile(None)
get_features([str(FEATURES)])


def run(arguments, *, cwd, env, given=None):
    """Run a command as ``subprocess.run`` does, and return what it said as bytes."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("in", "out", "err")]
        for path, content in zip(paths, (given or b"", b"", b""), strict=True):
            path.write_bytes(content)
        told = (list(arguments), str(cwd), dict(env), [str(path) for path in paths])
        copy = context.Process(target=_be_denbun, args=told)
        copy.start()
        copy.join()
        return subprocess.CompletedProcess(
            arguments, copy.exitcode, paths[1].read_bytes(), paths[2].read_bytes()
        )


def _be_denbun(arguments, cwd, env, paths):
    """Be the command, with files as its standard streams."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    encoding = env["PYTHONIOENCODING"]
    for number, path in enumerate(paths):
        opened = os.open(path, os.O_RDWR)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, "r", encoding=encoding)
    sys.stdout = os.fdopen(1, "w", encoding=encoding)
    sys.stderr = os.fdopen(2, "w", encoding=encoding, errors="backslashreplace")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["denbun", *arguments]
    sys.exit(cli.main(arguments))
