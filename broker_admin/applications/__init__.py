"""Applying for a license."""
