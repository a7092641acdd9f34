"""Case files: one file carries one programme, from the casebook or from this database."""
