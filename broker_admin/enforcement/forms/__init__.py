"""What is asked in the steps of a conduct case."""
