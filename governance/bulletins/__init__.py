"""The monthly bulletin of a programme: what happened in a month, from the records, and how it is kept."""
