"""What can be done with organisations, one module a noun. Whoever calls has loaded what the
action is about within the viewer's reach."""
