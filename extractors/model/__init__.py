"""What is read and what is concluded: frozen values without behaviour beyond their own arithmetic."""
