"""The festival-of-learning calendar."""
