"""What is known of printed forms, as data files that a person who is no programmer can extend."""
