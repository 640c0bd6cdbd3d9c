"""Rotating a Token Secret: two are valid for a while, the new one is shown once, and no accident costs either."""

import re

from playwright.sync_api import Locator, Route, expect

from tests.browser.console_page import ConsolePage


def rotate(console: ConsolePage, client_id: str, overlap: str = "In 1 day") -> Locator:
    panel = console.show_credential(client_id)
    panel.get_by_role("button", name="Rotate").click()
    panel.get_by_role("radio", name=overlap).check()
    panel.get_by_role("button", name="Get a new Token Secret").click()
    return panel


def test_after_a_rotation_both_secrets_work_until_the_old_one_is_ended(admin: ConsolePage) -> None:
    made = admin.made("Rotated")
    panel = rotate(admin, made["client_id"], "In 7 days")
    new = admin.secret.inner_text().strip()
    assert admin.exchange(made) == admin.exchange(made, new) == 200
    admin.copy_secret()
    assert admin.clipboard() == new
    panel.get_by_role("button", name="Done").click()
    expect(panel.get_by_text("Ends in 7 days")).to_be_visible()
    expect(panel.get_by_text("was used after the new one was made")).to_be_visible()
    panel.get_by_role("button", name="End the old one").click()
    expect(admin.confirmation).to_contain_text(f"End the Token Secret …{made['secrets'][0]['hint']}?")
    expect(admin.confirmation).to_contain_text("a program still needs it")
    admin.confirmation.get_by_role("button", name="End it").click()
    expect(panel.get_by_text("The Token Secret has ended.")).to_be_visible()
    assert admin.exchange(made) == 401
    assert admin.exchange(made, new) == 200
    assert admin.found_everywhere(new) == []


def test_the_menu_of_a_row_rotates_too(admin: ConsolePage) -> None:
    admin.made("Rotated by menu")
    admin.refresh()
    admin.choose("Rotate", "Rotated by menu")
    admin.side_panel.get_by_role("button", name="Get a new Token Secret").click()
    expect(admin.secret).to_be_visible()
    admin.copy_secret()
    admin.close_panel()


def test_a_new_secret_that_nobody_has_copied_stays_whatever_hands_do(admin: ConsolePage) -> None:
    made = admin.made("Rotated in haste")
    admin.page.get_by_role("tab", name="Audit trail").click()
    panel = rotate(admin, made["client_id"])
    secret = admin.secret.inner_text().strip()
    panel.get_by_role("button", name="Done").dblclick()
    for _ in range(3):
        admin.page.keyboard.press("Escape")
    admin.page.go_back()
    expect(admin.alert("You have not copied the Token Secret")).to_be_visible()
    expect(admin.secret).to_contain_text(secret)
    expect(admin.page).to_have_url(re.compile(f"#/audit/{made['client_id']}$"))
    with admin.page.expect_event("dialog") as asked:
        admin.page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(admin.secret).to_contain_text(secret)
    panel.get_by_role("button", name="Close without copying").click()
    expect(admin.side_panel).to_have_count(0)
    assert admin.found_everywhere(secret) == []


def test_a_rotation_whose_answer_was_lost_costs_neither_secret(admin: ConsolePage) -> None:
    made = admin.made("Rotated unheard")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    admin.page.route("**/secrets", lose)
    panel = rotate(admin, made["client_id"])
    expect(panel.get_by_text("a new Token Secret may exist already")).to_be_visible()
    admin.page.unroute("**/secrets")
    panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_text("cannot be shown again")).to_be_visible()
    panel.get_by_role("button", name="Get another one").click()
    expect(admin.secret).to_be_visible()
    assert admin.exchange(made) == 200
    assert admin.exchange(made, admin.secret.inner_text().strip()) == 200
    assert len(admin.call("GET", f"v1/credentials/{made['client_id']}")["secrets"]) == 2


def test_a_second_rotation_within_the_overlap_ends_both_or_nothing(admin: ConsolePage) -> None:
    made = admin.made("Rotated twice")
    admin.call("POST", f"v1/credentials/{made['client_id']}/secrets", {})
    panel = admin.show_credential(made["client_id"])
    panel.get_by_role("button", name="Rotate").click()
    expect(panel.get_by_text("Two Token Secrets are valid already")).to_be_visible()
    expect(panel.get_by_role("radio")).to_have_count(1)
    panel.get_by_role("button", name="Get a new Token Secret").click()
    expect(admin.secret).to_be_visible()
    assert admin.exchange(made) == 401
