"""What is read of festivals, events and sessions."""
