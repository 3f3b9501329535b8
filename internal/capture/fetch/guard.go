package fetch

import (
	"fmt"
	"net/netip"

	"contrechamp.org/contrechamp"
)

// ErrInside is the refusal of an address that leads inside.
var ErrInside = fmt.Errorf("leads inside: %w", contrechamp.ErrInvalid)

// refusal is one sentence for people, and its kind.
type refusal struct {
	kind     error
	sentence string
}

func (r refusal) Error() string { return r.sentence }
func (r refusal) Unwrap() error { return r.kind }

func refuse(kind error, format string, args ...any) error {
	return refusal{kind, fmt.Sprintf(format, args...)}
}

// reach says who may be met under an address.
type reach int

const (
	public reach = iota
	inside       // this machine and its networks: met where that was allowed
	never        // nobody answers a page there, or a machine's secrets do
)

// special lists what is not the public internet: the special-purpose registries of IANA (RFC 6890), and the addresses
// under which clouds hand their machines credentials.
var special = []struct {
	prefix netip.Prefix
	reach  reach
	what   string
}{
	{netip.MustParsePrefix("169.254.169.254/32"), never, "the metadata service of a cloud"},
	{netip.MustParsePrefix("169.254.170.2/32"), never, "the metadata service of a cloud"},
	{netip.MustParsePrefix("100.100.100.200/32"), never, "the metadata service of a cloud"},
	{netip.MustParsePrefix("192.0.0.192/32"), never, "the metadata service of a cloud"},
	{netip.MustParsePrefix("168.63.129.16/32"), never, "the metadata service of a cloud"},
	{netip.MustParsePrefix("fd00:ec2::/32"), never, "the metadata service of a cloud"},
	{netip.MustParsePrefix("fd20:ce::254/128"), never, "the metadata service of a cloud"},

	{netip.MustParsePrefix("0.0.0.0/8"), never, "no host"},
	{netip.MustParsePrefix("10.0.0.0/8"), inside, "a private network"},
	{netip.MustParsePrefix("100.64.0.0/10"), inside, "the network of a carrier"},
	{netip.MustParsePrefix("127.0.0.0/8"), inside, "this machine"},
	{netip.MustParsePrefix("169.254.0.0/16"), inside, "the own link"},
	{netip.MustParsePrefix("172.16.0.0/12"), inside, "a private network"},
	{netip.MustParsePrefix("192.0.0.0/24"), never, "a protocol's own"},
	{netip.MustParsePrefix("192.0.2.0/24"), never, "an example"},
	{netip.MustParsePrefix("192.88.99.0/24"), never, "a relay of 6to4"},
	{netip.MustParsePrefix("192.168.0.0/16"), inside, "a private network"},
	{netip.MustParsePrefix("198.18.0.0/15"), never, "a network for measurements"},
	{netip.MustParsePrefix("198.51.100.0/24"), never, "an example"},
	{netip.MustParsePrefix("203.0.113.0/24"), never, "an example"},
	{netip.MustParsePrefix("224.0.0.0/4"), never, "many hosts at once"},
	{netip.MustParsePrefix("240.0.0.0/4"), never, "no host"},

	{netip.MustParsePrefix("::1/128"), inside, "this machine"},
	{netip.MustParsePrefix("fc00::/7"), inside, "a private network"},
	{netip.MustParsePrefix("fe80::/10"), inside, "the own link"},
	{netip.MustParsePrefix("fec0::/10"), inside, "a private network"},
	{netip.MustParsePrefix("ff00::/8"), never, "many hosts at once"},
	{netip.MustParsePrefix("2001::/23"), never, "a protocol's own"}, // Teredo among them
	{netip.MustParsePrefix("2001:db8::/32"), never, "an example"},
	{netip.MustParsePrefix("3fff::/20"), never, "an example"},
}

var (
	sixToFour   = netip.MustParsePrefix("2002::/16")    // RFC 3056: the IPv4 address follows the prefix
	nat64       = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: it stands at the end
	unicast     = netip.MustParsePrefix("2000::/3")     // the only global unicast there is
	interfaceID = []byte{0x00, 0x00, 0x5e, 0xfe}        // ISATAP, RFC 5214: before an IPv4 address
)

// judge tells who may be met under an address, and what it is where that is not the public internet. An IPv6 address
// with an IPv4 address inside is that one.
func judge(a netip.Addr) (reach, string) {
	a = a.Unmap() // ::ffff:a.b.c.d
	if a.Zone() != "" {
		return inside, "the own link"
	}
	for _, s := range special {
		if s.prefix.Contains(a) {
			return s.reach, s.what
		}
	}
	if a.Is4() {
		return public, ""
	}
	b := a.As16()
	switch {
	case sixToFour.Contains(a):
		return judge(netip.AddrFrom4([4]byte(b[2:6])))
	case nat64.Contains(a):
		return judge(netip.AddrFrom4([4]byte(b[12:16])))
	case !unicast.Contains(a): // ::a.b.c.d of old among them
		return never, "no public host"
	case b[9] == 0 && b[10] == interfaceID[2] && b[11] == interfaceID[3] && b[8]&^2 == 0:
		return judge(netip.AddrFrom4([4]byte(b[12:16])))
	}
	return public, ""
}

// guard answers an error for an address that must not be connected to.
func (f *Fetcher) guard(a netip.Addr) error {
	r, what := judge(a)
	switch {
	case r == public, r == inside && f.AllowPrivate:
		return nil
	case r == inside:
		return contrechamp.WithHint(refuse(ErrInside, "the address %s is %s, and pages are not fetched from there", a, what),
			"if it is meant, add --allow-private")
	}
	return refuse(ErrInside, "the address %s is %s, and pages are never fetched from there", a, what)
}

// barred are the ports that are not the web's: browsers refuse them too, since what listens there may take a request
// for a command (Fetch standard, "bad port"); behind them, those of databases that read text.
var barred = map[uint16]bool{1719: true, 1720: true, 1723: true, 2049: true, 3659: true, 4045: true, 4190: true, 5060: true, 5061: true,
	6000: true, 6566: true, 6665: true, 6666: true, 6667: true, 6668: true, 6669: true, 6679: true, 6697: true, 10080: true,
	2375: true, 3306: true, 5432: true, 6379: true, 9200: true, 11211: true, 27017: true}

// portGuard answers an error for a port that is not the web's.
func portGuard(port uint16) error {
	const privileged = 1024
	if port != 80 && port != 443 && (port < privileged || barred[port]) {
		return fmt.Errorf("port %d is not one of the web's: %w", port, contrechamp.ErrInvalid)
	}
	return nil
}
