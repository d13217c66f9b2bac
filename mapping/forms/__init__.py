"""What people fill in on the map's pages."""
