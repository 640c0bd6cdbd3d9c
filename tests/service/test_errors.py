"""What managed endpoints answer to requests that reach none of their use cases."""

import pytest

from tests.support.api_client import Api


@pytest.mark.parametrize("path", ["/v1/credentials/acc_nonsense", "/v1/credentials/..", "/v1/credentials/%00"])
def test_what_is_no_client_id_is_not_found(api: Api, path: str) -> None:
    assert api.console("GET", path).status == 404


def test_another_content_type_is_a_problem(api: Api) -> None:
    token = api.console("GET", "/v1/credentials")
    assert token.status == 200
    answer = api.form("/v1/credentials", {"name": "x"}, {"Authorization": f"Bearer {api.identity_provider.token()}"})
    assert (answer.status, answer.headers["Content-Type"]) == (415, "application/problem+json")


def test_a_wrong_method_is_a_problem(api: Api) -> None:
    answer = api.call("DELETE", "/health")
    assert (answer.status, answer.headers["Content-Type"]) == (405, "application/problem+json")


def test_every_answer_has_a_request_id(api: Api) -> None:
    problem = api.console("GET", "/v1/credentials/nope")
    assert problem.headers["X-Request-Id"] == problem.json["request_id"] != ""
    assert api.call("GET", "/health").headers["X-Request-Id"]
