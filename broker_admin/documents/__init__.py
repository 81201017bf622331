"""Files that people hand in, and files that the system makes."""
