"""The ids under which used assertions and proofs are remembered."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.oauth.replay import jti_digest


@given(st.text(st.characters(exclude_categories=[])))
def test_a_digest_is_as_long_whatever_a_client_chooses(jti: str) -> None:
    assert len(jti_digest(jti)) == 64


@given(st.text(), st.text())
def test_two_jtis_have_two_digests(one: str, other: str) -> None:
    assert (jti_digest(one) == jti_digest(other)) == (one == other)
