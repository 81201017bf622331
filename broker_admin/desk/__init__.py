"""What an officer has to do, from every room."""
