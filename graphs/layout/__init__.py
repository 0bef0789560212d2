"""Where each organisation stands in the picture: computed once, seeded, stored by the caller."""

from graphs.layout.placing import positions

__all__ = ["positions"]
