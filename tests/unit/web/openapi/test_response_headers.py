"""The headers that the document declares."""

from chalicelib.web.openapi.response_headers import component_headers, declared


def test_a_header_of_all_answers_of_a_status_is_required() -> None:
    assert declared([["ETag", "Allow"], ["Allow"]])["Allow"] == {"$ref": "#/components/headers/Allow"}
    assert component_headers()["Allow"]["required"] is True


def test_a_header_of_some_answers_of_a_status_is_not_required() -> None:
    assert declared([["ETag", "Allow"], ["Allow"]])["ETag"] == component_headers()["ETag"] | {"required": False}


def test_the_content_type_is_not_declared_as_a_header() -> None:
    assert declared([["Content-Type"]]) == {}
