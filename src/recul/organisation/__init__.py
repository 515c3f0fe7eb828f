"""Organisations, their units and teams: who belongs where, in which role, and since when."""
