"""What people meet when things are empty, slow, broken or in between."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.console_page import ConsolePage

PROBLEM = {
    "type": "urn:problem-type:server_error",
    "title": "Internal error",
    "status": 500,
    "detail": "Something went wrong on our side. Quote the request id when you report it.",
    "request_id": "request-4711",
}


def test_an_empty_list_says_what_to_do(admin: ConsolePage) -> None:
    admin.show("Expired")
    expect(admin.page.get_by_text("No expired credentials")).to_be_visible()


def test_a_load_is_not_said_to_be_slow_before_400_ms(admin: ConsolePage) -> None:
    held: list[Route] = []
    admin.page.route("**/v1/credentials?*", lambda route: held.append(route))
    still_loading = admin.page.get_by_text("Still loading")
    clock = admin.page.clock
    clock.install(time=0)
    clock.pause_at(1000)
    admin.page.get_by_role("button", name="Refresh").click()
    clock.run_for(399)
    expect(still_loading).to_have_count(0)
    clock.run_for(1)
    expect(still_loading).to_be_visible()
    for route in held:
        route.continue_()
    expect(still_loading).to_have_count(0)


def test_offline_is_said_and_ends_by_itself(admin: ConsolePage) -> None:
    admin.page.context.set_offline(True)
    admin.refresh()
    expect(admin.alert("You are offline")).to_be_visible()
    admin.page.context.set_offline(False)
    expect(admin.alert("You are offline")).to_have_count(0)


def test_an_error_shows_its_request_id_and_can_be_tried_again(admin: ConsolePage) -> None:
    admin.page.route(
        "**/v1/credentials?*",
        lambda route: route.fulfill(status=500, json=PROBLEM, content_type="application/problem+json"),
    )
    admin.refresh()
    expect(admin.alert("Internal error")).to_contain_text("request-4711")
    admin.page.unroute("**/v1/credentials?*")
    admin.page.get_by_role("button", name="Try again").click()
    expect(admin.alert("Internal error")).to_have_count(0)


def answer_gets_lost(route: Route) -> None:
    route.fetch()
    route.abort()


def test_a_create_that_got_no_answer_keeps_the_form_and_warns(admin: ConsolePage) -> None:
    panel = admin.open_panel("Lost answer")
    panel.get_by_label("Expires").select_option(label="In 90 days")
    admin.page.route("**/v1/credentials", answer_gets_lost)
    admin.submit()
    expect(panel.get_by_text("a credential with this name may exist already")).to_be_visible()
    expect(panel.get_by_label("Token Name")).to_have_value("Lost answer")
    expect(panel.get_by_label("Expires")).to_have_value("90")
    panel.get_by_role("button", name="Cancel").click()
    expect(admin.row("Lost answer")).to_be_visible()


def lose_answer_of_create(admin: ConsolePage, name: str) -> None:
    """Then tries again."""
    admin.page.route("**/v1/credentials", answer_gets_lost)
    admin.open_panel(name)
    admin.submit()
    expect(admin.side_panel.get_by_text("may exist already")).to_be_visible()
    admin.page.unroute("**/v1/credentials")
    admin.side_panel.get_by_role("button", name="Try again").click()
    expect(admin.side_panel.get_by_role("heading", name="The credential exists already")).to_be_visible()


def test_a_create_tried_again_makes_no_second_and_gives_a_new_secret(admin: ConsolePage) -> None:
    lose_answer_of_create(admin, "Tried again")
    client_id = admin.side_panel.locator("acc-copy[what='Client ID']").inner_text()
    admin.page.route("**/secrets", answer_gets_lost)
    admin.side_panel.get_by_role("button", name="Get a new Token Secret").click()
    expect(admin.alert("The service did not answer")).to_be_visible()
    admin.page.unroute("**/secrets")
    admin.side_panel.get_by_role("button", name="Get a new Token Secret").click()
    expect(admin.secret).to_be_visible()
    form: dict[str, str | float | bool] = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": admin.secret.inner_text().strip(),
    }
    assert admin.page.request.post("oauth/token", form=form).status == 200
    admin.copy_secret()
    admin.close_panel()
    admin.refresh()
    expect(admin.row("Tried again")).to_have_count(1)


def test_a_create_whose_answer_was_lost_can_be_revoked(admin: ConsolePage) -> None:
    lose_answer_of_create(admin, "Lost for good")
    admin.side_panel.get_by_role("button", name="Revoke").click()
    expect(admin.side_panel).to_have_count(0)
    admin.confirmation.get_by_role("button", name="Revoke", exact=True).click()
    expect(admin.confirmation).to_have_count(0)
    expect(admin.row("Lost for good")).to_have_count(0)


def test_a_form_that_changed_is_another_request(admin: ConsolePage) -> None:
    keys: list[str | None] = []

    def fails(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        route.fulfill(status=503, json=PROBLEM, content_type="application/problem+json")

    admin.page.route("**/v1/credentials", fails)
    panel = admin.open_panel("Before")
    admin.submit()
    panel.get_by_role("button", name="Try again").click()
    panel.get_by_label("Token Name").fill("After")
    admin.submit()
    expect(panel.get_by_role("button", name="Try again")).to_be_visible()
    assert len(keys) == 3
    assert keys[0] == keys[1] != keys[2]


def test_a_create_that_fails_says_so_in_sight(new_context: Callable[..., BrowserContext]) -> None:
    admin = ConsolePage(new_context(viewport={"width": 700, "height": 420}).new_page()).sign_in("admin")
    admin.page.route(
        "**/v1/credentials",
        lambda route: route.fulfill(status=409, json=PROBLEM, content_type="application/problem+json"),
    )
    admin.open_panel("Below the fold")
    admin.submit()
    expect(admin.alert("Internal error")).to_be_in_viewport(ratio=0.9)


def test_a_revoke_all_whose_answer_was_lost_is_not_taken_for_a_failure(admin: ConsolePage) -> None:
    admin.generated("Revoked unheard")
    keys: list[str | None] = []
    admin.page.on("request", lambda sent: keys.append(sent.headers.get("idempotency-key")))
    admin.page.route("**/revoke-all", answer_gets_lost)
    admin.revoke_all_button.click()
    admin.confirmation.get_by_label("I understand").check()
    admin.confirmation.get_by_role("button", name="Revoke ").click()
    expect(admin.confirmation).to_contain_text("no credential is active any more")
    expect(admin.row("Revoked unheard")).to_have_count(0)
    admin.page.unroute("**/revoke-all")
    admin.confirmation.get_by_role("button", name="Repeat").click()
    expect(admin.page.get_by_text("marked as revoked.")).to_be_visible()
    assert len({key for key in keys if key}) == 1
    admin.page.get_by_role("tab", name="Audit trail").click()
    expect(admin.page.get_by_role("cell", name="Revoked all credentials").first).to_be_visible()


def test_a_revoke_all_that_was_not_done_says_how_many_are_active(admin: ConsolePage) -> None:
    admin.generated("Still active")
    admin.page.route("**/revoke-all", lambda route: route.abort())
    admin.revoke_all_button.click()
    admin.confirmation.get_by_label("I understand").check()
    admin.confirmation.get_by_role("button", name="Revoke ").click()
    expect(admin.confirmation).to_contain_text("active now. Repeat it")
    admin.page.unroute("**/revoke-all")
    admin.confirmation.get_by_role("button", name="Repeat").click()
    expect(admin.row("Still active")).to_have_count(0)


def test_a_fault_in_the_body_is_shown_at_its_field(admin: ConsolePage) -> None:
    panel = admin.open_panel("Right to \u202e left")
    admin.submit()
    name = panel.get_by_label("Token Name")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    expect(panel.get_by_text("must not have U+202E RIGHT-TO-LEFT OVERRIDE as its character 10")).to_be_visible()


def test_a_double_click_makes_one_credential(admin: ConsolePage) -> None:
    admin.open_panel("Clicked twice")
    admin.side_panel.get_by_role("button", name="Generate", exact=True).dblclick()
    expect(admin.secret).to_be_visible()
    admin.copy_secret()
    admin.close_panel()
    admin.refresh()
    expect(admin.row("Clicked twice")).to_have_count(1)


def test_a_slow_answer_does_not_bring_back_a_row_revoked_meanwhile(admin: ConsolePage) -> None:
    admin.generated("Revoked while loading")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    admin.page.route("**/v1/credentials?*", hold_the_first)
    with admin.page.expect_request("**/v1/credentials?*"):
        admin.refresh()
    stale = held[0].fetch()
    admin.revoke("Revoked while loading")
    held[0].fulfill(response=stale)
    expect(
        admin.page.get_by_text(re.compile(r"^\d+ credentials?$")).or_(admin.page.get_by_text("No active credentials"))
    ).to_be_visible()
    expect(admin.row("Revoked while loading")).to_have_count(0)


def test_a_revoke_that_fails_stays_open_with_the_reason(admin: ConsolePage) -> None:
    admin.generated("Stubborn")
    admin.page.route(
        "**/revoke", lambda route: route.fulfill(status=500, json=PROBLEM, content_type="application/problem+json")
    )
    confirmation = admin.ask_revoke("Stubborn")
    confirmation.get_by_role("button", name="Revoke", exact=True).click()
    expect(confirmation).to_contain_text("request-4711")
    admin.page.unroute("**/revoke")
    confirmation.get_by_role("button", name="Revoke", exact=True).click()
    expect(confirmation).to_have_count(0)
    expect(admin.row("Stubborn")).to_have_count(0)


def test_revoke_all_with_nothing_to_revoke_says_so(console: ConsolePage) -> None:
    console.sign_in("other-tenant")
    console.generated("The only one")
    console.revoke("The only one")
    console.revoke_all_button.click()
    expect(console.page.get_by_text("There is no active credential to revoke.")).to_be_visible()
