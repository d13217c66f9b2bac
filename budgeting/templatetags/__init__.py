"""Template tags of participatory budgeting."""
