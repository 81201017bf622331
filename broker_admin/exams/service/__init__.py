"""What is done with the exam, a module for each noun.  Nothing in here commits."""
