"""Reads of benefits reports and editions."""
