"""The JWK Set over HTTP."""

import pytest

from tests.support.api_client import Api
from tests.support.key_schedules import name_a_new_key

JWKS = "/.well-known/jwks.json"


def test_the_key_set_says_how_long_it_may_be_kept(api: Api) -> None:
    answer = api.call("GET", JWKS)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["ETag"].startswith('"')


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other",W/{} ', "*"])
def test_a_key_set_that_has_not_changed_is_not_sent_again(api: Api, form: str) -> None:
    tag = api.call("GET", JWKS).headers["ETag"]
    answer = api.call("GET", JWKS, headers={"If-None-Match": form.format(tag)})
    assert (answer.status, answer.text) == (304, "")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("form", ['"other"', "", "nonsense", 'W/"'])
def test_another_entity_tag_gets_the_key_set(api: Api, form: str) -> None:
    answer = api.call("GET", JWKS, headers={"If-None-Match": form})
    assert (answer.status, len(answer.json["keys"])) == (200, 1)


def test_a_rotation_changes_the_entity_tag(api: Api) -> None:
    api.zones.keys.operations.advance()
    before = api.call("GET", JWKS)
    name_a_new_key()
    api.restart().keys.operations.advance()
    after = api.call("GET", JWKS, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status, len(after.json["keys"])) == (200, 2)
    assert all(set(key) <= {"kty", "n", "e", "crv", "x", "y", "kid", "alg", "use"} for key in after.json["keys"])
