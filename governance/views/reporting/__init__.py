"""Pages of benefits reports and editions."""
