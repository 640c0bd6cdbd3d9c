"""Where a secret was found, as an audit trail may show it."""

import secrets
from urllib.parse import quote

import pytest

from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.displayable_text import fault_of
from chalicelib.credentials.found_places import displayable_url, known_source

SECRET = ClientSecret.generate(secrets.token_bytes).reveal()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://github.com/a/b/blob/main/.env#L3", "https://github.com/a/b/blob/main/.env#L3"),
        ("https://user:password@GitHub.com/a?token=x", "https://github.com/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("https://github.com/ä b\u202e/%2e", "https://github.com/%C3%A4%20b%E2%80%AE/%2e"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://exa\u202emple.com/", ""),
        ("https://[::1/", ""),
        ("no url", ""),
    ],
)
def test_a_url_is_shown_as_far_as_one_can_follow_it(url: str, shown: str) -> None:
    assert displayable_url(url) == shown
    assert fault_of(displayable_url(url)) is None


@pytest.mark.parametrize(
    "place",
    [
        f"/{SECRET}/x",
        f"?token={SECRET}",
        f"#{SECRET}",
        f"/%61{SECRET[1:]}",
        "/" + quote("%61" + SECRET[1:]),
    ],
    ids=["path", "query", "fragment", "escaped", "escaped twice"],
)
def test_of_a_url_with_the_secret_in_it_the_host_is_left(place: str) -> None:
    assert displayable_url(f"https://example.com{place}") == "https://example.com/…"


def test_a_long_url_is_cut() -> None:
    shown = displayable_url("https://example.com/" + "a" * 10_000)
    assert len(shown) == 500
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("content", "content"),
        ("Gist_comment", "gist_comment"),
        ("", "unknown"),
        ("a b", "unknown"),
        ("x" * 41, "unknown"),
    ],
)
def test_a_source_is_one_word(source: str, word: str) -> None:
    assert known_source(source) == word
