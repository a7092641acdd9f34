"""Pages that belong to no floor above: text pages, error pages, the gallery of components."""
