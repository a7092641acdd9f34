"""Writes of a programme’s plan: milestones, phases, tranches, templates, dates moved together."""
