"""Pages that give milestones out as files and take them in."""
