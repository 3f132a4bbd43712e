"""Uncrick: a local-first coach for stiff backs."""

__version__ = "0.1.0"
