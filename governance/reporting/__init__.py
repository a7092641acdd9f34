"""The scrutiny benefits report: what each of its sections says (domain.md section 7)."""
