import pytest

from core.exports.json_file import json_text


def test_json_keeps_order_and_letters_and_ends_its_line():
    assert json_text({"b": "£1", "a": [1, None]}) == '{\n  "b": "£1",\n  "a": [\n    1,\n    null\n  ]\n}\n'


@pytest.mark.parametrize("value", [{"a": [{"b": 0.1}]}, [0.5], (1.0,)])
def test_json_with_a_float_is_refused(value):
    with pytest.raises(TypeError, match="not as floats"):
        json_text(value)
