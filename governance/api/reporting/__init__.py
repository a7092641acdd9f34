"""Benefits reports and editions in the API."""
