"""What every room may use: the hallway."""
