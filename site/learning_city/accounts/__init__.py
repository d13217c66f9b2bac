"""People's accounts: the user, sign-in, the second factor of staff, roles."""
