"""Benefits reports: drafts, and their way to an edition."""
