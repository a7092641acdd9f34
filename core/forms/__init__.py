"""Forms: how they look, and fields that read what people type."""
