"""People, organisations, signing in."""
