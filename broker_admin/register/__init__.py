"""The public register: who holds a license, how it stands, and what happened to it."""
