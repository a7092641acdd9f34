"""Pages that show programmes from above."""
