"""Places where professionals step back: groups that meet over a cycle of dates, and individual
supervision. Who takes part is known inside the group only; an employer sees dates and hours."""
