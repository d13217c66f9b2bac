"""Pages and answers of the map: each finds the object, asks a rule, calls the domain and chooses what to show."""
