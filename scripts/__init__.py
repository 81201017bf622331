"""What the repository's commands do; not part of the product."""
