"""The record of what was sent to whom, and what carriers say of it."""
