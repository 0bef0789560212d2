"""Measured speed: a generator of realistic networks, and comparisons on what it makes."""
