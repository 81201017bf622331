"""What a person outside has under way, from every room."""
