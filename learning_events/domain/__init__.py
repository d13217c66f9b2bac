"""What happens to festivals, events, sessions and seats: every change goes through here."""
