"""Leaving for good, and what is forgotten in time."""
