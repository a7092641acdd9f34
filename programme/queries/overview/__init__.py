"""Programmes seen from above: ratings, the portfolio, timelines, slippage, and how it was on a past day."""
