"""A program calls a protected API with its access token: GET /v1/whoami."""

from tests.support.api_client import Api

REPORTS = "https://reports.example.com"


def test_a_program_calls_the_protected_api_with_its_token(api: Api) -> None:
    created = api.create()
    answer = api.whoami(api.access_token(created))
    assert answer.status == 200
    assert answer.json["client_id"] == created["client_id"]
    assert answer.json["scope"] == "orders:read"


def test_a_token_for_another_audience_is_refused_here(api: Api) -> None:
    assert api.whoami(api.access_token(api.create(), resource=REPORTS)).status == 403
