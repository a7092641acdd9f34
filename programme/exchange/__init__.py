"""Milestones and plans as files that people edit elsewhere and send back."""
