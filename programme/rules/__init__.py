"""Rules of programmes: ratings, milestones, phases."""
