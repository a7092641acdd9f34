"""Files that people upload on the services floor: their columns, and what a row of them means."""
