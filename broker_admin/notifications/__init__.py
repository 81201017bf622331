"""Telling people: by mail, and in the inbox of this site."""
