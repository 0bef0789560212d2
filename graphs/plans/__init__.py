"""What to do about the findings: whom to invite, and what follows from it."""
