"""What programmes and people ask of their reminders."""
