"""What governance reminds people of (domain.md section 6)."""
