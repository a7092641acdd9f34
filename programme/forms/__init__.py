"""Forms of the programme floor."""
