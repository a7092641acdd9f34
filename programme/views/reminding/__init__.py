"""Pages of reminders: rules, wishes, absences, the preview and the inbox."""
