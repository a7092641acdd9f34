"""Forms of a programme’s plan."""
