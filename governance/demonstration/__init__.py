"""The demonstration: a made-up programme that lives around today, and the people who sign in to it."""
