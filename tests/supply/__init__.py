"""What Recul is made of that others wrote: known weaknesses of it, and the bill of materials."""
