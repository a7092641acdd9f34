"""What a joint steering group sees: one page for one programme, and one for a partnership."""
