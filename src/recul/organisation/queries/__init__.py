"""Reads of organisations, one module a question. A viewer's id comes first where reach counts."""
