"""What the forms of groups and supervision ask, one module a noun."""
