"""What is asked of applicants and officers, one class per page."""
