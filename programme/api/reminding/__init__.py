"""Reminders in the API: rules of a programme, one's own wishes, the preview and the inbox."""
