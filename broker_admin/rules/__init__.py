"""The law as data and arithmetic: regimes, calendars, deadlines, identifiers, numbers.  Pure."""
