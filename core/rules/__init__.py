"""Rules without a domain: money, shares, dates, working days."""
