"""Keeping an instance: sealed backups, restoring them, and moving to another database.

A backup is one file, the same for SQLite and PostgreSQL: rows of every table, in the order of
their keys and in one canonical encoding, cut into sealed chunks of one size. The keys of open
cycles are never in it. What is left out of which table, and why, is said in `decisions`.
"""
