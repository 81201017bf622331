"""The qualification exam: its bank, its papers, its clock and its marks."""
