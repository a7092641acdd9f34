"""Forms of the benefits floor."""
