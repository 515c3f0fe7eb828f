"""Team trends: figures of teams from which nobody's answers can be known.

The mechanism, its parameters and its limits are described on the page *Comment c'est calculé*.
What one person sends is made in `contribution`, kept in a sealed cell (`sums`) that began with
noise (`noise`), and published once, when the cycle closes (`figures`).
"""
