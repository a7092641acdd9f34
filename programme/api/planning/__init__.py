"""Routes of a programme’s plan."""
