"""Run the ``sinergi`` command as ``python -m crm``."""

from crm.cli import main

main()
