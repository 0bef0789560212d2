"""The chores of the project, with the standard library alone: ``python -m tasks run``."""
