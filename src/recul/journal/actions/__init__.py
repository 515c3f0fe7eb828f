"""What can be done with a journal, one module a noun."""
