"""The platform's own key. Without a licensed seal service it is what we sign with, and every document says so."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

NOTICE = "平台自有密钥签名，未接入持牌电子印章服务"
COMMON_NAME = "知育文书签名（自签）Zhiyu Document Signing"
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
FILE_NAME = "signing-key.pem"


class BadSigningKey(ValueError):
    """The configured key file can't be used; the message says which and why."""


@dataclass(frozen=True)
class SigningKey:
    """Key and certificate as PEM, so that a batch can hand them to its processes."""

    private_pem: bytes = field(repr=False)
    trust_pem: bytes

    @cached_property
    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.trust_pem)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def load_or_create_signing_key(directory: Path, *, organisation: str = "知育企业知识产权培育平台") -> SigningKey:
    """For development: makes the key once; of two processes that start together one wins and both use its key."""
    path = directory / FILE_NAME
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        _write_once(path, _new_key_pem(organisation))
    return load_signing_key(path)


def load_signing_key(path: Path, *, password: bytes | None = None) -> SigningKey:
    """A PEM file with a private key (P-256 or RSA) and its certificate, in either order."""
    try:
        data = path.read_bytes()
        private = serialization.load_pem_private_key(data, password=password)
        certificates = x509.load_pem_x509_certificates(data)
    except (OSError, ValueError, TypeError) as error:
        raise BadSigningKey(f"签名密钥文件 {path} 无法使用：{error}。应为含私钥和证书的 PEM 文件。") from error
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise BadSigningKey(f"签名密钥文件 {path} 的密钥类型不支持，请使用 P-256 或 RSA 密钥。")
    if certificates[0].public_key() != private.public_key():
        raise BadSigningKey(f"签名密钥文件 {path} 中的证书与私钥不是一对。")
    return SigningKey(private_pem=_private_pem(private), trust_pem=_pem(certificates[0]))


def _write_once(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _new_key_pem(organisation: str) -> bytes:
    private = ec.generate_private_key(ec.SECP256R1())
    return _private_pem(private) + _pem(_self_issue(private, organisation))


def _self_issue(private: ec.EllipticCurvePrivateKey, organisation: str) -> x509.Certificate:
    now = datetime.now(UTC).replace(microsecond=0)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "湖北省"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, COMMON_NAME),
        ]
    )
    public = private.public_key()
    builder = x509.CertificateBuilder(name, name, public, x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=3650))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return builder.sign(private, hashes.SHA256())


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private_pem(private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
