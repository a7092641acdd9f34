"""Writes of the services floor."""
