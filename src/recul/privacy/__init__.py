"""What can be seen by whom, told and shown; a copy of everything, and the way out."""
