"""Work after the commit, and work at night."""
