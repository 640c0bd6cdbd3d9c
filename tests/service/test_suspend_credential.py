"""A credential is suspended and resumed: POST /v1/credentials/{client_id}/suspend and …/resume."""

from tests.support.api_client import Api
from tests.support.client_key import ASSERTION_TYPE, ClientKey
from tests.support.tenant_lab import bits_of


def test_a_suspended_credential_is_shown_as_such_and_again_the_same(api: Api) -> None:
    one = f"/v1/credentials/{api.create()['client_id']}"
    first = api.console("POST", f"{one}/suspend")
    again = api.console("POST", f"{one}/suspend", name="Somebody Else", sub="else")
    assert first.status == again.status == 200
    assert first.json == again.json == api.console("GET", one).json
    assert first.json["status"] == "suspended"
    assert first.json["suspended_by"] == {"subject": "ada", "name": "Ada Admin", "type": "console_user"}
    resumed, again = api.console("POST", f"{one}/resume"), api.console("POST", f"{one}/resume")
    assert resumed.status == again.status == 200
    assert resumed.json == again.json
    assert (resumed.json["status"], resumed.json["suspended_by"], resumed.json["suspended_at"]) == (
        "active",
        None,
        None,
    )


def test_a_suspension_takes_effect_at_once_everywhere_and_is_undone_at_once(api: Api) -> None:
    created, asking = api.create(), api.create(scopes=["introspect"])
    one, token = f"/v1/credentials/{created['client_id']}", api.access_token(created)

    def accepted() -> list[bool]:
        return [
            api.exchange(created).status == 200,
            api.whoami(token).status == 200,
            api.introspect(asking, token)["active"],
            api.ask("/oauth/revoke", created, token="x").status == 200,
        ]

    assert accepted() == [True] * 4
    api.console("POST", f"{one}/suspend")
    assert accepted() == [False] * 4
    assert api.exchange(created).json["error"] == "invalid_client"
    api.console("POST", f"{one}/resume")
    assert accepted() == [True] * 4


def test_a_suspended_client_with_a_key_of_its_own_is_refused(api: Api) -> None:
    key = ClientKey()
    client_id = api.create(jwks=key.jwk)["client_id"]

    def status() -> int:
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
        return api.form("/oauth/token", {**form, "client_assertion": key.assertion(client_id)}).status

    assert status() == 200
    api.console("POST", f"/v1/credentials/{client_id}/suspend")
    assert status() == 401
    api.console("POST", f"/v1/credentials/{client_id}/resume")
    assert status() == 200


def test_a_status_list_has_a_suspended_credential_as_not_valid_within_its_time(api: Api) -> None:
    client_id = api.create()["client_id"]

    def bit() -> int:
        api.clock.shift += api.zones.settings.status_list_ttl
        return bits_of(api.call("GET", f"/status-lists/{client_id[4:30]}/0").text)[0]

    assert bit() == 0
    api.console("POST", f"/v1/credentials/{client_id}/suspend")
    assert bit() == 1
    api.console("POST", f"/v1/credentials/{client_id}/resume")
    assert bit() == 0


def test_a_suspended_credential_is_listed_apart_from_the_active_and_the_revoked(api: Api) -> None:
    kept, held, gone = (api.create()["client_id"] for _ in range(3))
    api.console("POST", f"/v1/credentials/{held}/suspend")
    api.console("POST", f"/v1/credentials/{gone}/revoke")

    def listed(status: str) -> set[str]:
        page = api.console("GET", f"/v1/credentials?status={status}").json
        return {credential["client_id"] for credential in page["credentials"]}

    assert (listed("active"), listed("suspended"), listed("revoked")) == ({kept}, {held}, {gone})


def test_a_suspended_credential_keeps_its_expiry(api: Api) -> None:
    created = api.create(expires_at="2035-01-01T00:00:00Z")
    one = f"/v1/credentials/{created['client_id']}"
    assert api.console("POST", f"{one}/suspend").json["expires_at"] == "2035-01-01T00:00:00Z"
    assert api.console("POST", f"{one}/resume").json["expires_at"] == "2035-01-01T00:00:00Z"


def test_what_a_revoke_all_met_suspended_stays_revoked(api: Api) -> None:
    created = api.create()
    one = f"/v1/credentials/{created['client_id']}"
    api.console("POST", f"{one}/suspend")
    api.console("POST", "/v1/credentials/revoke-all")
    assert api.console("GET", one).json["status"] == "revoked"
    refused = api.console("POST", f"{one}/resume")
    assert (refused.status, refused.json["type"]) == (409, "urn:problem-type:credential_revoked")
    assert api.exchange(created).status == 401


def test_a_revoked_credential_is_not_suspended(api: Api) -> None:
    one = f"/v1/credentials/{api.create()['client_id']}"
    api.console("POST", f"{one}/revoke")
    assert api.console("POST", f"{one}/suspend").status == 409
    assert api.console("GET", one).json["status"] == "revoked"


def test_a_suspension_and_its_end_are_in_the_audit_trail(api: Api) -> None:
    one = f"/v1/credentials/{api.create()['client_id']}"
    api.console("POST", f"{one}/suspend")
    api.console("POST", f"{one}/resume")
    events = api.console("GET", "/v1/audit-events").json["audit_events"]
    assert [event["action"] for event in events] == ["credential.resumed", "credential.suspended", "credential.created"]
    assert {event["client_id"] for event in events} == {one.rpartition("/")[2]}
