"""The private journal: moments, what they say over time, and their way in and out."""
