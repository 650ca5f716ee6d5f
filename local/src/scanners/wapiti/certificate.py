"""Prints a new key and a certificate for it, both as PEM, for the connections of one run to its own proxy."""

import datetime
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "crashtest-local")])
now = datetime.datetime.now(datetime.timezone.utc)
certificate = (
    x509.CertificateBuilder()
    .subject_name(name)
    .issuer_name(name)
    .public_key(key.public_key())
    .serial_number(x509.random_serial_number())
    .not_valid_before(now - datetime.timedelta(days=1))
    .not_valid_after(now + datetime.timedelta(days=7))
    .sign(key, hashes.SHA256())
)
pem = serialization.Encoding.PEM
plain = serialization.NoEncryption()
sys.stdout.buffer.write(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
sys.stdout.buffer.write(certificate.public_bytes(pem))
