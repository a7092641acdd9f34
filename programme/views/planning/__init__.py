"""Pages of a programme’s plan."""
