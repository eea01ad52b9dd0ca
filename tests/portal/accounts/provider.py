"""A small OpenID Connect provider on the loopback: the code flow with PKCE (RFC 6749, RFC 7636)."""

import base64
import hashlib
import http.server
import json
import threading
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portal", "a-secret-of-tests"


class Provider(http.server.ThreadingHTTPServer):
    """`person` is who is signed in over there: the claims about them. `refused` collects what it did not accept.

    Whoever is sent there with a maximum age signs in anew, `signed_in_ago` seconds ago; None where that is not told.
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = {"sub": "1", "email": "hong@example.org", "email_verified": True, "name": "Hong"}
        self.codes, self.refused, self.audience, self.signed_in_ago = {}, [], CLIENT, 0
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()

    def stop(self):
        self.shutdown()
        self.thread.join()
        self.server_close()

    def id_token(self, asked):
        claims = {"iss": self.url, "aud": self.audience, "iat": int(time.time()), "exp": int(time.time()) + 60}
        if "max_age" in asked and self.signed_in_ago is not None:
            claims["auth_time"] = int(time.time()) - self.signed_in_ago
        return jwt.encode({**self.person, **claims}, self.key, algorithm="RS256", headers={"kid": "1"})


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        provider = self.server
        if parts.path == "/.well-known/openid-configuration":
            self.tell(
                {
                    "issuer": provider.url,
                    "authorization_endpoint": f"{provider.url}/authorize",
                    "token_endpoint": f"{provider.url}/token",
                    "userinfo_endpoint": f"{provider.url}/userinfo",
                    "jwks_uri": f"{provider.url}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key()))
            self.tell({"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]})
        elif parts.path == "/authorize":
            self.authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
        elif parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer a-token":
            self.tell(provider.person)
        else:
            self.tell({"error": "invalid_request"}, 401)

    def authorize(self, asked):
        """Hand out a code; whoever signs in over there has nothing to type."""
        is_whole = (
            asked.get("client_id") == CLIENT and asked.get("code_challenge_method") == "S256" and asked.get("state")
        )
        if not is_whole or "openid" not in asked["scope"]:
            self.tell({"error": "invalid_request"}, 400)
            return
        code = base64.urlsafe_b64encode(asked["code_challenge"].encode()).decode()
        self.server.codes[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        sent = {name: values[0] for name, values in sent.items()}
        asked = self.server.codes.pop(sent.get("code"), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        fits = (
            asked
            and asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            and asked["redirect_uri"] == sent["redirect_uri"]
            and sent.get("client_secret") == SECRET
        )
        if not fits:
            self.server.refused.append(sent)
            self.tell({"error": "invalid_grant"}, 400)
            return
        self.tell({"access_token": "a-token", "token_type": "Bearer", "id_token": self.server.id_token(asked)})

    def tell(self, what, status=200):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
