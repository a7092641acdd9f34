"""Rules of decisions: what each council has done, when it takes effect, what is lawful next."""
