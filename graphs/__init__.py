"""Partnership networks: what holds them together, what is missing, and what to do next.

A library of pure functions over networkx graphs. It imports nothing of the web application
and can be used in a notebook; see ``docs/measures.md``.
"""
