"""Pages of decisions, councils and bodies. All of them only read."""
