"""The benefits file of a programme: what it holds, and how it is written as JSON, CSV and XLSX."""
