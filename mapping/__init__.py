"""The map of learning places and what every map on the site is made of."""
