"""pyHanko's side of signing, apart so that only who signs or verifies pays for its import."""

from functools import lru_cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .keys import SigningKey


def asn1_certificate(trust_pem: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(pem.unarmor(trust_pem)[2])


class LoadedKeySigner(SimpleSigner):
    """Keeps the key loaded: pyHanko's own signer parses and checks it again for every signature (3/4 of the time)."""

    def __init__(self, key: SigningKey) -> None:
        private = asn1_keys.PrivateKeyInfo.load(pem.unarmor(key.private_pem)[2])
        certificate, chain = asn1_certificate(key.trust_pem), SimpleCertificateStore()
        super().__init__(signing_cert=certificate, signing_key=private, cert_registry=chain)
        self._loaded: Any = serialization.load_pem_private_key(key.private_pem, password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self._loaded, RSAPrivateKey):
            return self._loaded.sign(data, PKCS1v15(), digest)
        return bytes(self._loaded.sign(data, ECDSA(digest)))


@lru_cache(maxsize=4)
def loaded_signer(key: SigningKey) -> LoadedKeySigner:
    return LoadedKeySigner(key)
