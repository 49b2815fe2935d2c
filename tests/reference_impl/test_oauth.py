import base64
import json

import pytest

from reference_impl import oauth
from reference_impl.oauth import ASSERTION_TYPE, Client, TokenClient

CLIENT = Client("a" * 32, "s" * 40)
NOW = 1_000_000.0
CLAIMS = {"iss": CLIENT.id, "sub": CLIENT.id, "aud": "x", "exp": NOW + 60}


def proof(assertion):
    return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}


def without_signature(claims):
    parts = [json.dumps({"alg": "none"}), json.dumps(claims)]
    coded = [base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts]
    return ".".join(coded) + "."


def test_a_known_signature():
    # the signature was computed with openssl dgst -sha256 -hmac
    assertion = oauth.sign({"iss": "joe"}, "secret")
    assert assertion == (
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJqb2UifQ."
        "yb-iLVXluCLKGDiKkuA0qgbKh7vbSrvNpKh2f-QihWg"
    )


def test_a_signed_assertion_proves_the_client():
    assert oauth.is_client(CLIENT, proof(oauth.sign(CLAIMS, CLIENT.secret)), None, NOW)


@pytest.mark.parametrize(
    "values",
    [
        {},
        proof(""),
        proof("a.b.c"),
        proof(oauth.sign(CLAIMS, "t" * 40)),
        proof(oauth.sign(CLAIMS | {"exp": NOW}, CLIENT.secret)),
        proof(oauth.sign(CLAIMS | {"sub": "b" * 32}, CLIENT.secret)),
        proof(oauth.sign({"iss": CLIENT.id}, CLIENT.secret)),
        proof(without_signature(CLAIMS)),
        proof(oauth.sign(CLAIMS, CLIENT.secret)) | {"client_assertion_type": "other"},
    ],
)
def test_anything_else_does_not(values):
    assert not oauth.is_client(CLIENT, values, None, NOW)


def test_basic_proves_the_client():
    assert oauth.is_client(CLIENT, {}, oauth.basic_header(CLIENT), NOW)


@pytest.mark.parametrize(
    "auth",
    [
        oauth.basic_header(Client(CLIENT.id, "t" * 40)),
        oauth.basic_header(Client("b" * 32, CLIENT.secret)),
        oauth.basic_header(CLIENT).replace("Basic", "Bearer"),
        "Basic ###",
        "Basic é",
        "Basic /w==",
        "Basic",
        "",
    ],
)
def test_wrong_basic_does_not(auth):
    assert not oauth.is_client(CLIENT, {}, auth, NOW)


def test_a_token_is_shown_for_its_lifetime():
    time = [NOW]
    client = TokenClient(CLIENT, lambda: time[0])
    assert client.authorization is None
    client.accept({"access_token": "abc", "expires_in": "600"})
    assert client.authorization == "Bearer abc"
    time[0] += 600
    assert client.authorization is None
    client.accept({"access_token": "abc", "expires_in": "600"})
    client.forget()
    assert client.authorization is None


@pytest.mark.parametrize("seconds", [{}, {"expires_in": ""}, {"expires_in": "soon"}])
def test_a_token_without_a_lifetime_is_good_until_it_is_refused(seconds):
    client = TokenClient(CLIENT, lambda: NOW)
    client.accept({"access_token": "abc", **seconds})
    assert client.authorization == "Bearer abc"
    client.forget()
    assert client.authorization is None


@pytest.mark.parametrize("told", [{}, *({"access_token": text} for text in ("a\nb", "a b", "印"))])
def test_an_answer_without_a_token_that_a_header_can_carry_gives_none(told):
    client = TokenClient(CLIENT, lambda: NOW)
    client.accept(told)
    assert client.authorization is None


def test_the_call_proves_the_client_either_way():
    for method in ("client_secret_jwt", "client_secret_basic"):
        call = TokenClient(CLIENT, lambda: NOW, method=method).call()
        assert call.values["grant_type"] == "client_credentials"
        assert oauth.is_client(CLIENT, call.values, call.auth, NOW)


def test_secrets_stay_out_of_every_repr():
    call = TokenClient(CLIENT, lambda: NOW).call()
    assert CLIENT.secret not in repr(CLIENT)
    assert repr(call) == "TokenCall()"
