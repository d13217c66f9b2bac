"""What people fill in on the festival's pages."""
