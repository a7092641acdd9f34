"""Forms of the governance floor."""
