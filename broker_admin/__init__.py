"""Licensing and supervision of data brokers."""
