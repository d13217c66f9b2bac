"""Pages and answers of the festival: each finds the object, asks a rule, calls the domain and chooses what to show."""
