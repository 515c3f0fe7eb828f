"""What can be done with accounts, one module a noun."""
