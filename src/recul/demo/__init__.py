"""The demo world: believable people and one believable journal, made through the app itself."""
