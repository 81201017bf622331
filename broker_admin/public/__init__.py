"""The front page and the pages that every public site has."""
