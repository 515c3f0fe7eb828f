"""What papers say: plain data for the templates of `templates/documents`, in one language."""
