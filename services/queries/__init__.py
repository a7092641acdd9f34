"""Reads of services across models."""
