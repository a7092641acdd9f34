"""Pages and data that everybody may read, and the page where that is decided."""
