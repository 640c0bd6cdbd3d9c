"""The paths of the API are its routes."""

import app
from chalicelib import paths

BEGINNINGS = {paths.OAUTH}


def test_every_path_is_a_route_and_every_route_a_path() -> None:
    known = {value for name, value in vars(paths).items() if name.isupper()}
    assert known - BEGINNINGS == set(app.app.routes)


def test_what_stands_before_several_paths_ends_where_a_name_begins() -> None:
    assert all(beginning.endswith("/") for beginning in BEGINNINGS)
    assert all(any(route.startswith(beginning) for route in app.app.routes) for beginning in BEGINNINGS)
