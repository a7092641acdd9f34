"""The schema says what every route answers."""

from pathlib import Path

import yaml

SCHEMA = Path(__file__).parents[2] / "docs" / "openapi.yaml"
# Refused whatever is sent (rows 33 and 36).
NEVER_DONE = {
    ("put", "/api/v1/plan-versions/{id}/"),
    ("patch", "/api/v1/plan-versions/{id}/"),
    ("post", "/api/v1/plan-proposals/{id}/make-current/"),
}


def test_every_route_documents_what_it_answers_when_all_is_well() -> None:
    paths = yaml.load(SCHEMA.read_text(), yaml.CSafeLoader)["paths"]
    silent = {
        (method, path)
        for path, methods in paths.items()
        for method, told in methods.items()
        if not any(code.startswith("2") for code in told["responses"])
    }
    assert silent == NEVER_DONE
