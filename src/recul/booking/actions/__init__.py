"""What people do with groups, one module a noun. Only these write."""
