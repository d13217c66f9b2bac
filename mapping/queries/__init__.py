"""What the map asks the database."""
