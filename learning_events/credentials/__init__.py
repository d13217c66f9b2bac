"""Badges as credentials (Open Badges 3.0): plain data in, signed text out and back; no Django, no network, no database.

Specifications: Open Badges 3.0 (1EdTech, section 8.2 VC-JWT), Verifiable Credentials Data Model 2.0, Bitstring Status List 1.0
(both W3C), Ed25519 in JOSE (RFC 8037). The bodies are made and checked by openbadgeslib, which is imported where it is needed.
"""
