package config

import (
	"fmt"
	"net/netip"
	"strings"
)

// Proxies reads TrustedProxies.
func (c Config) Proxies() (out []netip.Prefix, err error) {
	for word := range strings.FieldsSeq(c.TrustedProxies) {
		p, err := netip.ParsePrefix(word)
		if a, single := netip.ParseAddr(word); single == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("trusted_proxies: %q is neither an address nor a network such as 10.0.0.0/8", word)
		}
		if p.Bits() == 0 {
			return nil, fmt.Errorf("trusted_proxies: %q is everybody", word)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}
