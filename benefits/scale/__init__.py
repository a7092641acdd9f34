"""A made-up installation of many programmes, to measure with: see manage.py seed_scale."""
