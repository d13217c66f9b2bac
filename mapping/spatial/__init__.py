"""Places and areas as numbers: reading and writing files, assignment, coverage, cells and doubles; no Django."""
