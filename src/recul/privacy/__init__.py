"""What can be seen by whom, told and shown."""
