"""The appraisal of a business case as one file: what it holds, and how it is written."""
