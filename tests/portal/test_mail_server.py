"""Mail goes out encrypted where EMAIL_URL says so, and no address that means something else is taken for plain."""

import datetime
import os
import ssl
import subprocess
import sys

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.mail_server import BadMailServer, settings_of
from tests.browser.site import ROOT, free_port

SEND = """
import django; django.setup()
from django.core.mail import get_connection, EmailMessage
backend = get_connection("django.core.mail.backends.smtp.EmailBackend")
EmailMessage("Hello", "Hello", "us@example.org", ["v@example.org"], connection=backend).send()
"""


def a_certificate(folder):
    """Write a certificate for localhost and its key into one file each; return their paths."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), now, now + datetime.timedelta(1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, keys = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    keys.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, keys


class Post:
    """An SMTP server's notes: whether each mail came over TLS, and with which account."""

    def __init__(self):
        self.taken = []

    def authenticate(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"user@x", b"pass word"))

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((bool(server.transport.get_extra_info("cipher")), session.authenticated))
        return "250 OK"


# aiosmtpd knows of STARTTLS alone; where TLS is there from the start, it warns of what it does not see.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("scheme", ["smtp+tls", "smtp+ssl"])
def test_mail_and_password_go_encrypted_where_the_address_says_so(scheme, tmp_path):
    pem, key = a_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key)
    at_once = {"ssl_context": context} if scheme == "smtp+ssl" else {"tls_context": context, "require_starttls": True}
    post, port = Post(), free_port()
    server = Controller(
        post,
        hostname="localhost",
        port=port,
        authenticator=post.authenticate,
        auth_required=True,
        auth_require_tls=scheme == "smtp+tls",
        **at_once,
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_VAR": str(tmp_path / "var"),
        "EMAIL_URL": f"{scheme}://user%40x:pass%20word@localhost:{port}",
        "SSL_CERT_FILE": str(pem),
    }
    server.start()
    try:
        subprocess.run([sys.executable, "-c", SEND], cwd=ROOT, env=environment, check=True, timeout=60)
    finally:
        server.stop()

    assert post.taken == [(True, True)]


@pytest.mark.parametrize(
    ("sender", "is_taken"),
    [("Potager", False), ("", False), ("hello@potager.example", True), ("Le Potager <hello@potager.example>", True)],
)
def test_a_sender_without_an_address_is_refused_before_anybody_signs_up(sender, is_taken, tmp_path):
    environment = {**os.environ, "PORTAL_VAR": str(tmp_path), "DEFAULT_FROM_EMAIL": sender}
    command = [sys.executable, "-c", "import portal.settings"]

    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (ran.returncode == 0) is is_taken
    assert is_taken or 'DEFAULT_FROM_EMAIL" invalid' in ran.stderr


@pytest.mark.parametrize(
    ("address", "port", "tls", "at_once"),
    [
        ("smtp://relay", 25, False, False),
        ("smtp+tls://user:secret@mail.example.org", 587, True, False),
        ("smtp+ssl://user:secret@mail.example.org", 465, False, True),
        ("smtp+tls://mail.example.org:2525", 2525, True, False),
    ],
)
def test_an_address_without_a_port_has_the_one_of_its_kind(address, port, tls, at_once):
    told = settings_of(address)

    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (port, tls, at_once)
    assert told["EMAIL_TIMEOUT"]  # a server that says nothing must not hold up all mail


@pytest.mark.parametrize(
    "address", ["", "mail.example.org", "smtps://u:secret@host", "smtp://host:no", "smtp://", "smtp://host/?tls=1"]
)
def test_an_address_that_is_not_understood_is_refused_and_not_shown(address):
    with pytest.raises(BadMailServer, match=r"EMAIL_URL is not of the form") as refusal:
        settings_of(address)

    assert "u:secret" not in str(refusal.value)
