"""Each state of the console, for people with other eyes, hands, screens and scripts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.console_page import OVERFLOW, ConsolePage
from tests.browser.states import STATES

COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
# A window of 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10): as narrow as a phone, and far lower.
ZOOMED: ViewportSize = {"width": 320, "height": 256}

# Of what takes the focus, what nobody can see while it has it: out of the window, or under something else.
OUT_OF_SIGHT = """() => {
  const controls = (root) => [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element.matches("button, [role=menuitem], input, select, textarea, a[href], [tabindex='0']") ? [element] : []),
    ...(element.shadowRoot ? controls(element.shadowRoot) : []),
  ]);
  const within = (node, outer) => {
    for (let at = node; at; at = at.parentNode ?? at.host) if (at === outer) return true;
    return false;
  };
  const top = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y) && found.shadowRoot.elementFromPoint(x, y) !== found)
      found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  };
  const unseen = [];
  const all = controls(document);
  // An open menu closes when the focus goes elsewhere.
  const menu = all.map((control) => control.closest(":popover-open")).find(Boolean);
  for (const control of menu ? controls(menu) : all) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.disabled) continue;
    control.focus();
    if (!control.matches(":focus")) continue;
    const { left, right, top: above, bottom } = control.getBoundingClientRect();
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
    const y = (Math.max(above, 0) + Math.min(bottom, innerHeight)) / 2;
    const there = top(x, y);
    const label = control.labels?.[0];
    if (!there || !(within(there, control) || within(control, there) || (label && within(there, label))))
      unseen.push(control.getAttribute("aria-label") || (label ?? control).textContent.trim());
  }
  return unseen;
}"""


@contextmanager
def language(page: Page, locale: str, direction: str) -> Iterator[None]:
    """The element speaks this language meanwhile."""
    element = page.locator("api-client-credentials")
    before = element.get_attribute("locale")
    element.evaluate("(element, locale) => { element.locale = locale; }", locale)
    expect(page.locator("[part=panel]")).to_have_attribute("dir", direction)
    yield
    element.evaluate("(element, locale) => { element.locale = locale; }", before)
    expect(page.locator("[part=panel]")).to_have_attribute("lang", before or "")


@pytest.mark.slow
def test_axe_finds_nothing_in_any_state_any_colours_and_either_direction(
    new_context: Callable[..., BrowserContext], axe: str
) -> None:
    # Without motion nothing is half transparent at the moment when contrast is measured.
    console = ConsolePage(new_context(reduced_motion="reduce").new_page()).sign_in("admin")
    found: dict[str, list[str]] = {}
    for name, state in STATES.items():
        with state(console):
            for colours, media in COLOURS.items():
                console.page.emulate_media(**media)
                found[f"{name}, {colours}"] = console.violations(axe)
            console.page.emulate_media(**COLOURS["light"])
            with language(console.page, "ar", "rtl"):
                found[f"{name}, right to left"] = console.violations(axe)
    assert {state: violations for state, violations in found.items() if violations} == {}


@pytest.mark.slow
def test_at_400_percent_nothing_is_cut_off_or_out_of_sight_in_any_state(
    new_context: Callable[..., BrowserContext],
) -> None:
    console = ConsolePage(new_context(viewport=ZOOMED, reduced_motion="reduce").new_page()).sign_in("admin")
    page, found = console.page, {}

    def look(state: str) -> None:
        if wide := page.evaluate(OVERFLOW):
            found[f"{state}, too wide by"] = wide
        if hidden := page.evaluate(OUT_OF_SIGHT):
            found[f"{state}, out of sight"] = hidden

    for name, state in STATES.items():
        with state(console):
            look(name)
            with language(page, "ar", "rtl"):
                look(f"{name}, right to left")
    assert found == {}


@pytest.mark.parametrize("colours", COLOURS)
def test_axe_finds_nothing_signed_out(page: Page, axe: str, colours: str) -> None:
    page.emulate_media(**COLOURS[colours], reduced_motion="reduce")
    page.goto("./")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert ConsolePage(page).violations(axe) == []


def test_axe_finds_nothing_for_a_viewer(console: ConsolePage, axe: str) -> None:
    console.sign_in("viewer")
    assert console.violations(axe) == []
