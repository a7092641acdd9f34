"""Files of rows that people upload: read whole, checked cell by cell, taken all or not at all."""
