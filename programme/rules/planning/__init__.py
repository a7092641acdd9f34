"""Rules of what a programme plans: the terms of a milestone, its place, the approved plan."""
