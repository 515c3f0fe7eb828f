"""Reads of groups, one module a question. A viewer's id comes first where reach counts."""
