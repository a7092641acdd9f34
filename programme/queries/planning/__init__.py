"""Reads of a programme’s plan."""
