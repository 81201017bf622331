"""Licenses and certificates."""
