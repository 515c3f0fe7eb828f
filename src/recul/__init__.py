"""Recul: a private journal and places to step back, for social workers."""

__version__ = "0.1.0"
