"""What every reader of a request asks of it."""

from chalicelib.web.request import dpop_proofs


def test_every_dpop_header_is_seen() -> None:
    assert dpop_proofs({"headers": {"DPoP": "b"}, "multiValueHeaders": {"dpop": ["a", "b"]}}) == ("a", "b")
    assert dpop_proofs({"headers": {"dpop": "a"}, "multiValueHeaders": None}) == ("a",)
    assert dpop_proofs({"headers": None}) == ()
