"""Documents made of headings, words, tables and charts: one content, many formats."""
