"""What every route of the API shares."""
