"""Tables of the savings pages: what a query found, as rows of words that a template prints."""
