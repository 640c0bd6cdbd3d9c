"""Finding, sorting and revoking credentials where there are many."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.console_page import ConsolePage

ROW: dict[str, Any] = {
    "status": "active",
    "scopes": ["orders:read"],
    "created_by": {"subject": "alice", "name": "Alice Andersen", "type": "console_user"},
    "created_at": "2026-11-24T12:00:00Z",
    "expires_at": None,
    "revoked_by": None,
    "revoked_at": None,
    "last_used_at": None,
    "last_used_from": None,
}
DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
NODES = """() => {
  const count = (root) => [...root.querySelectorAll("*")]
    .reduce((sum, element) => sum + 1 + (element.shadowRoot ? count(element.shadowRoot) : 0), 0);
  return count(document);
}"""


def rows(count: int) -> list[dict[str, Any]]:
    """Newest first; by name the other way round."""
    return [
        {**ROW, "client_id": f"acc_{'x' * 44}{number:08}", "name": f"Program {count - number}"}
        for number in range(count)
    ]


def serve(page: Page, listed: Sequence[dict[str, Any]], largest: int = 1_000_000) -> list[dict[str, list[str]]]:
    """A service with these credentials, in pages of as many as are asked for. Answers the queries that come."""
    asked: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        query = parse_qs(urlparse(route.request.url).query)
        asked.append(query)
        start = int(query.get("cursor", ["0"])[0])
        end = start + min(int(query["limit"][0]), largest)
        route.fulfill(json={"credentials": listed[start:end], "next_cursor": str(end) if end < len(listed) else None})

    page.route("**/v1/credentials?*", answer)
    return asked


def names(console: ConsolePage) -> list[str]:
    titles = console.page.locator("acc-credential-table .title bdi")
    expect(titles.first).to_be_visible()
    return titles.all_text_contents()


def whole_list(console: ConsolePage, count: int) -> None:
    """One answer with all of it, however many were asked for."""
    everything = {"credentials": rows(count), "next_cursor": None}
    console.page.route("**/v1/credentials?*", lambda route: route.fulfill(json=everything))
    console.refresh()
    expect(console.page.get_by_text(f"{count:,} credentials", exact=True)).to_be_visible()


def test_show_more_reads_the_next_page_and_show_all_the_rest(admin: ConsolePage) -> None:
    asked = serve(admin.page, rows(120), largest=30)
    admin.refresh()
    expect(admin.page.get_by_text("50 credentials shown")).to_be_visible()
    admin.page.get_by_role("button", name="Show more").click()
    expect(admin.page.get_by_text("100 credentials shown")).to_be_visible()
    admin.page.get_by_role("button", name="Show all").click()
    expect(admin.page.get_by_text("120 credentials", exact=True)).to_be_visible()
    expect(admin.page.get_by_role("button", name="Show")).to_have_count(0)
    assert [query["limit"] for query in asked] == [["50"], ["20"], ["50"], ["20"], ["500"]]


def test_ten_thousand_rows_stay_few_nodes_and_each_can_be_reached(admin: ConsolePage) -> None:
    whole_list(admin, 10_000)
    page = admin.page
    table = page.get_by_role("table", name="API Client Credentials")
    assert page.evaluate(NODES) < 5_000
    expect(table).to_have_attribute("aria-rowcount", "10001")

    def to(row: int) -> Locator:
        page.evaluate("(part) => scrollTo(0, document.documentElement.scrollHeight * part)", row / 10_000)
        page.evaluate(DRAWN)
        return page.locator(f"acc-credential-table [aria-rowindex='{row + 1}']")

    expect(to(10_000)).to_be_in_viewport()
    expect(to(5_000)).to_be_attached()
    assert page.evaluate(NODES) < 5_000


def test_the_keyboard_goes_through_a_long_list_row_by_row(admin: ConsolePage) -> None:
    whole_list(admin, 300)
    admin.page.get_by_role("checkbox", name="Select Program 300,").focus()
    visited = []
    for _ in range(4 * 45):
        admin.page.keyboard.press("Tab")
        admin.page.evaluate(DRAWN)
        visited.append(admin.focused()["name"])
    selected = [name.removeprefix("Select Program ").partition(",")[0] for name in visited if name.startswith("Select")]
    assert selected == [str(number) for number in range(299, 299 - len(selected), -1)]
    assert len(selected) == 45


def test_sorting_reads_all_says_how_far_it_is_and_sorts(admin: ConsolePage) -> None:
    asked = serve(admin.page, rows(120), largest=60)
    admin.refresh()
    expect(admin.page.get_by_text("50 credentials shown")).to_be_visible()
    admin.page.get_by_role("button", name="Sort by: Token Name").click()
    expect(admin.page.get_by_text("120 credentials", exact=True)).to_be_visible()
    assert names(admin) == [f"Program {number}" for number in range(1, 121)]
    head = admin.page.get_by_role("columnheader", name="Token Name")
    expect(head).to_have_attribute("aria-sort", "ascending")
    before = len(asked)
    admin.page.get_by_role("button", name="Sort by: Token Name").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert names(admin)[0] == "Program 120"
    assert len(asked) == before


def test_a_sorted_list_that_could_not_be_read_to_its_end_says_so(admin: ConsolePage) -> None:
    serve(admin.page, rows(120), largest=60)
    admin.page.route("**/v1/credentials?*cursor=50*", lambda route: route.abort())
    admin.refresh()
    expect(admin.page.get_by_text("50 credentials shown")).to_be_visible()
    admin.page.get_by_role("button", name="Sort by: Token Name").click()
    expect(admin.page.get_by_text("50 credentials shown")).to_contain_text("The rest could not be read.")
    admin.page.unroute("**/v1/credentials?*cursor=50*")
    admin.alert("did not answer").get_by_role("button", name="Try again").click()
    expect(admin.page.get_by_text("120 credentials", exact=True)).to_be_visible()
    assert names(admin)[0] == "Program 1"


def test_credentials_are_found_by_text_scope_creator_and_use(admin: ConsolePage) -> None:
    for name in ("Nightly export", "Nightly import"):
        admin.generated(name)
    page = admin.page
    page.get_by_role("searchbox").fill("nightly EXP")
    expect(page.get_by_text("1 credential", exact=True)).to_be_visible()
    expect(admin.row("Nightly export")).to_be_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Created By").select_option(label="Me (Alice Andersen)")
    page.get_by_role("combobox", name="Scope").select_option(label="orders:read")
    expect(admin.row("Nightly export")).to_be_visible()
    page.get_by_role("combobox", name="Unused for").select_option(label="30 days")
    expect(page.get_by_text("No credential matches")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(admin.row("Nightly import")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("")


def ask_revoke_several(console: ConsolePage, wanted: Sequence[str]) -> Locator:
    for name in wanted:
        console.page.get_by_role("checkbox", name=f"Select {name},").check()
    console.page.get_by_role("button", name=f"Revoke {len(wanted)} selected").click()
    return console.confirmation


def test_several_are_revoked_after_one_confirmation_that_names_them(admin: ConsolePage) -> None:
    for name in ("Several 1", "Several 2", "Several 3"):
        admin.generated(name)
    confirmation = ask_revoke_several(admin, ["Several 1", "Several 3"])
    items = confirmation.get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(items.filter(has_text="Several 1 · …")).to_have_count(1)
    expect(items.filter(has_text="Several 3 · …")).to_have_count(1)
    confirmation.get_by_role("button", name="Revoke 2").click()
    expect(admin.page.get_by_text("2 credentials are revoked.")).to_be_visible()
    expect(admin.row("Several 1")).to_have_count(0)
    expect(admin.row("Several 3")).to_have_count(0)
    expect(admin.row("Several 2")).to_be_visible()
    expect(admin.page.get_by_text("selected", exact=False)).to_have_count(0)


def test_a_revocation_of_several_that_fails_halfway_says_what_is_left(admin: ConsolePage) -> None:
    for number in range(3):
        admin.generated(f"Halfway {number}")
    revoked: list[str] = []

    def first_works(route: Route) -> None:
        revoked.append(route.request.url)
        if len(revoked) == 1:
            route.continue_()
        else:
            route.abort()

    admin.page.route("**/revoke", first_works)
    confirmation = ask_revoke_several(admin, [f"Halfway {number}" for number in range(3)])
    admin.page.route("**/v1/credentials/*", lambda route: route.abort())
    confirmation.get_by_role("button", name="Revoke 3").click()
    expect(confirmation.get_by_role("heading")).to_have_text("2 of 3 credentials are not known to be revoked")
    left = confirmation.get_by_role("listitem")
    expect(left).to_have_text(
        [
            re.compile("^Halfway 1 · .*: no answer came, so it may be revoked$"),
            re.compile("^Halfway 0 · .*: not tried$"),
        ]
    )
    admin.page.unroute("**/v1/credentials/*")
    admin.page.unroute("**/revoke")
    confirmation.get_by_role("button", name="Revoke 2").click()
    expect(admin.page.get_by_text("3 credentials are revoked.")).to_be_visible()
    expect(admin.row("Halfway")).to_have_count(0)


def test_what_ends_soon_says_in_how_many_days(admin: ConsolePage) -> None:
    page = admin.page
    in_two_days = page.evaluate("new Date(Date.now() + 2.2 * 86400000).toISOString()")
    serve(page, [{**rows(1)[0], "expires_at": in_two_days}, {**rows(2)[1], "last_used_at": "2026-11-24T13:14:00Z"}])
    admin.refresh()
    soon = page.get_by_text("Expires in 2 days")
    expect(soon).to_be_visible()
    assert soon.evaluate("(element) => getComputedStyle(element).color") == "rgb(138, 83, 0)"
    expect(page.get_by_text("No use recorded")).to_be_visible()
    expect(page.locator("time[datetime='2026-11-24T13:14:00Z']")).to_be_visible()


def test_the_audit_trail_is_filtered_by_who_and_when(admin: ConsolePage) -> None:
    admin.generated("Filtered by who")
    page = admin.page
    page.get_by_role("tab", name="Audit trail").click()
    expect(admin.row("Generated “Filtered by who”")).to_be_visible()
    page.get_by_role("combobox", name="Who").select_option(label="Alice Andersen")
    expect(admin.row("Generated “Filtered by who”")).to_be_visible()
    page.get_by_label("To day").fill("2020-01-02")
    expect(page.get_by_text("No event matches")).to_be_visible()
    page.get_by_label("To day").fill("")
    page.get_by_label("From day").fill(page.evaluate("new Date().toLocaleDateString('sv')"))
    expect(admin.row("Generated “Filtered by who”")).to_be_visible()
