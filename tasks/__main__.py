"""Run one chore. Any Python can read this file, also one too old for the others."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the reader of this sentence is an old Python
    sys.exit(
        "Sinergi needs Python 3.11 or newer; this is Python "
        + ".".join(str(part) for part in sys.version_info[:3])
        + ". Install a newer one and name it, for example: make run PYTHON=python3.12"
    )

from tasks.chores import main

sys.exit(main(sys.argv[1:]))
