"""A route may have further paths, and none of them is another route's."""

import pytest
from chalice.app import Chalice, Response
from chalice.test import Client

from chalicelib.settings import SettingsError
from chalicelib.web.path_aliases import add_aliases


def with_aliases(*aliases: str) -> Chalice:
    app = Chalice("small")

    @app.route("/things/{thing}")
    def thing(thing: str) -> dict[str, str]:
        return {"thing": thing}

    @app.route("/token", methods=["POST"], content_types=["*/*"])
    def token() -> Response:
        return Response("a token")

    add_aliases(app, aliases, token, methods=["POST"], content_types=["*/*"])
    return app


def test_an_alias_answers_as_the_path_it_stands_for() -> None:
    with Client(with_aliases("/v1/partner/token", "/things/a/token")) as client:
        for path in ("/token", "/v1/partner/token", "/things/a/token"):
            assert client.http.post(path, headers={"Content-Type": "any/thing"}).body == b"a token"
        assert client.http.get("/things/a").json_body == {"thing": "a"}


@pytest.mark.parametrize("alias", ["/token", "/things/token"])
def test_a_path_that_a_route_has_is_refused(alias: str) -> None:
    with pytest.raises(SettingsError, match=alias):
        with_aliases("/fine", alias)
