"""What can be asked for: run, test, bench, lint."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tasks.environment import ROOT, Impossible, ready

FOR_USE = ROOT / "requirements.lock"
FOR_DEVELOPMENT = ROOT / "requirements-dev.lock"


def main(arguments: list[str]) -> int:
    """Do one chore and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tasks", description=__doc__)
    chores = parser.add_subparsers(dest="chore", required=True)
    chores.add_parser("run", help="start Sinergi with example data on http://127.0.0.1:8000")
    chores.add_parser("test", help="lint, types and all tests, on both databases and in Chromium")
    chores.add_parser("bench", help="measure the speed on generated networks")
    chores.add_parser("lint", help="style and types only")
    asked = parser.parse_args(arguments)
    lock = FOR_USE if asked.chore == "run" else FOR_DEVELOPMENT
    module = {
        "run": ["crm", "demo", "serve"],
        "test": ["tasks.checks", "everything"],
        "bench": ["benchmarks"],
        "lint": ["tasks.checks", "lint"],
    }[asked.chore]
    try:
        return become(ready(lock), ["-m", *module])
    except Impossible as impossible:
        print(impossible, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def become(python: Path, arguments: list[str]) -> int:
    """Continue as another Python, so that a signal meets the program itself."""
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(ROOT)
    if os.name == "nt":  # exec there returns to the shell at once and leaves the program behind
        return wait_for(subprocess.Popen([python, *arguments]))
    sys.stdout.flush()
    os.execv(python, [str(python), *arguments])


def wait_for(program: subprocess.Popen[bytes]) -> int:
    """Wait until a program has ended in its own time, also when we are asked to end before it.

    :raises KeyboardInterrupt: then, and only then, if Ctrl-C was pressed meanwhile
    """
    interrupted = False
    while program.poll() is None:
        try:
            program.wait()
        except KeyboardInterrupt:  # the whole group of processes got it: the program as well
            interrupted = True
        except SystemExit:  # only we were told
            program.send_signal(signal.SIGINT)
            program.wait()
            raise
    if interrupted:
        raise KeyboardInterrupt
    return program.returncode
