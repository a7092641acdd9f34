"""Files of figures: one ordered column specification, written as CSV, workbook or JSON."""
