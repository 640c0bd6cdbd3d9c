"""URIs in their normal form (RFC 3986 §6.2.2, §6.2.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.uris import normal_uri

NORMAL = "https://api.example.com/a~b/c?q=%2F"


@pytest.mark.parametrize(
    "uri",
    [
        "HTTPS://API.Example.COM/a~b/c?q=%2f",
        "https://api.example.com:443/a~b/c?q=%2F",
        "https://api.example.com:/a~b/c?q=%2F",
        "https://api.example.com/a%7Eb/c?q=%2F",
        "https://api.example.com/./x/../a~b/%2E/c?q=%2F",
        "https://%61pi.example.com/a~b/c?q=%2F",
        "https://%41pi.example.com/a~b/c?q=%2F",
    ],
)
def test_what_differs_in_writing_alone_is_the_same(uri: str) -> None:
    assert normal_uri(uri) == NORMAL


@pytest.mark.parametrize(
    "uri",
    [
        "http://api.example.com/a~b/c?q=%2F",
        "https://api.example.com:444/a~b/c?q=%2F",
        "https://api.example.com/A~b/c?q=%2F",
        "https://api.example.com/a~b/c/?q=%2F",
        "https://api.example.com/a~b/c?q=/",
        "https://api.example.com/a~b/c?q=%2F#",
        "https://me@api.example.com/a~b/c?q=%2F",
        "https://api.example.com/a~b//c?q=%2F",
        " https://api.example.com/a~b/c?q=%2F",
        "https://api.exa\nmple.com/a~b/c?q=%2F",
        "https://api.example.com/a~b/c?q=%2F\n",
        "https://api.example.com\\a~b/c?q=%2F",
    ],
)
def test_what_means_something_else_is_another(uri: str) -> None:
    assert normal_uri(uri) != NORMAL


def test_a_bare_host_is_the_same_with_and_without_its_slash() -> None:
    assert normal_uri("https://api.example.com") == normal_uri("https://api.example.com/")
    assert normal_uri("https://[2001:DB8::1]:443") == "https://[2001:db8::1]/"


@pytest.mark.parametrize(
    "text", ["", "orders", "urn:example:orders", "https://[broken", "https://h:port/", "x:%zz", "ü:x"]
)
def test_what_has_no_other_form_stays_as_it_is(text: str) -> None:
    assert normal_uri(text) == text


pieces = st.sampled_from(
    ["https:", "//", "/", "..", ".", "%2e", "%41", "%25", "A", "b", "@", ":", "443", "?", "#", "[", "]", "é"]
)


@given(st.text() | st.lists(pieces, max_size=12).map("".join).map("HTTPS://h".__add__))
def test_a_normal_uri_is_normal(text: str) -> None:
    assert normal_uri(normal_uri(text)) == normal_uri(text)
