"""Which network addresses belong to strangers on the public internet, and which to somebody's own machines."""

from __future__ import annotations

import ipaddress

PORTS = frozenset({80, 443, 8080, 8443})
"""Where a stranger's pages may be; other ports are other services."""

# What the standard library's own answer leaves out, or left out in older versions: the registries of IANA for special
# addresses, tunnels that carry an IPv4 address inside, and the address at which one cloud keeps its secrets.
_DENIED = [
    ipaddress.ip_network(words)
    for words in (
        "0.0.0.0/8 100.64.0.0/10 168.63.129.16/32 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15"
        " 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4"
        " ::/96 ::ffff:0:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16"
        " fc00::/7 fec0::/10"
    ).split()
]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is a stranger's. Anything that is no plain address is not.

    An IPv4 address inside an IPv6 one (mapped, or behind NAT64) is judged by itself.
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    if found.is_multicast or found.is_reserved or not found.is_global:
        return False
    return not any(found.version == network.version and found in network for network in _DENIED)
