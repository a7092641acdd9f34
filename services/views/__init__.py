"""Pages of services and business cases."""
