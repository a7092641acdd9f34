"""Assurance: gate reviews, the eight lessons they ask about, their recommendations, and lessons learnt."""
