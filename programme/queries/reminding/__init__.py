"""What people are to be told: due things, wishes, the preview, the inbox and what changed."""
