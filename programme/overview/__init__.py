"""Charts, filters and files of programmes seen from above."""
