"""Measures the product against a bare Django view: same server, same settings, same run."""
