"""Pages of the programme floor."""
