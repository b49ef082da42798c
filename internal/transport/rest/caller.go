package rest

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// caller is the address that limits count by. One subscriber has a whole IPv6 network of 64 bits, so that counts.
func (s *Server) caller(r *http.Request) string {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address := s.behindProxies(from.Addr().Unmap(), r.Header.Values("X-Forwarded-For"))
	if network, err := address.Prefix(64); err == nil && address.Is6() {
		return network.Masked().String()
	}
	return address.String()
}

// behindProxies goes back from the connection through the proxies that are trusted. Each appends who asked it, so the
// list is read from its end, and the first address that is no trusted proxy is the caller's; what stands before it
// anybody could have written.
func (s *Server) behindProxies(address netip.Addr, forwarded []string) netip.Addr {
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusts(address); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap().WithZone("")
	}
	return address
}

func (s *Server) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(s.options.Proxies, func(p netip.Prefix) bool { return p.Contains(address) })
}
