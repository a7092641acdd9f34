"""Pages of decisions, councils and bodies."""
