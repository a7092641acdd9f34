"""Forms of the services floor."""
