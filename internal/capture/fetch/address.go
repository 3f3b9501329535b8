package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"contrechamp.org/contrechamp"
)

var hasScheme = regexp.MustCompile(`^(?i)[a-z][a-z0-9+.-]*://`)

// IsAddress reports whether a person who wrote s meant an address rather than a file.
func IsAddress(s string) bool { return hasScheme.MatchString(s) }

// maxAddress is the longest address, in bytes, that is fetched.
const maxAddress = 2000 // what an index of the store takes

// Parse reads an address and answers its one form: scheme and host in lower case, the host in letters that the name
// system knows (IDNA 2008 by way of UTS 46), no port where it is the scheme's own, a path, no fragment. It refuses, with
// a sentence, whatever is not fetched: another scheme, a password, a port that is not the web's.
func Parse(s string) (*url.URL, error) {
	if len(s) > maxAddress {
		return nil, fmt.Errorf("the address has more than the %d bytes that are read: %w", maxAddress, contrechamp.ErrInvalid)
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, fmt.Errorf("the address cannot be understood: %w", contrechamp.ErrInvalid) // its own words may hold a password
	}
	return normal(u)
}

func normal(u *url.URL) (*url.URL, error) {
	out := *u
	out.Scheme = strings.ToLower(u.Scheme)
	switch {
	case out.Scheme != "http" && out.Scheme != "https":
		return nil, fmt.Errorf("only http and https addresses are fetched, not %q: %w", clip(out.Scheme, 20), contrechamp.ErrInvalid)
	case u.User != nil:
		return nil, contrechamp.WithHint(fmt.Errorf("the address holds a name or a password: what is shown to some only is not fetched: %w", contrechamp.ErrInvalid),
			"leave out what stands before the @")
	case u.Opaque != "" || u.Hostname() == "":
		return nil, fmt.Errorf("the address names no host: %w", contrechamp.ErrInvalid)
	}
	host, err := normalHost(u.Hostname())
	if err != nil {
		return nil, err
	}
	port := u.Port()
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return nil, fmt.Errorf("the address has no port that there could be: %w", contrechamp.ErrInvalid)
		}
		if err := portGuard(uint16(n)); err != nil {
			return nil, err
		}
		if n == uint64(defaultPort(out.Scheme)) {
			port = ""
		} else {
			port = strconv.FormatUint(n, 10)
		}
	}
	out.Host = host
	if strings.Contains(host, ":") {
		out.Host = "[" + host + "]"
	}
	if port != "" {
		out.Host += ":" + port
	}
	if out.Path == "" {
		out.Path, out.RawPath = "/", ""
	}
	out.Fragment, out.RawFragment = "", ""
	out.RawQuery = queryEscaped(u.RawQuery)
	return &out, nil
}

// asciiHost is a name as the name system takes it.
var asciiHost = regexp.MustCompile(`^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$`)

const maxHost = 253 // RFC 1035, section 2.3.4

func normalHost(host string) (string, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.String(), nil
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if asciiHost.MatchString(host) && len(host) <= maxHost {
		return host, nil // with signs that the rules for new names forbid and old names have: _, --
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil || !asciiHost.MatchString(ascii) || len(ascii) > maxHost || !utf8.ValidString(host) {
		return "", fmt.Errorf("the address has no host name that there could be: %w", contrechamp.ErrInvalid)
	}
	return ascii, nil
}

// queryEscaped writes bytes that a request line cannot hold as browsers do.
func queryEscaped(q string) string {
	var b strings.Builder
	for i := range len(q) {
		if c := q[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func defaultPort(scheme string) uint16 {
	if scheme == "https" {
		return 443
	}
	return 80
}

func portOf(u *url.URL) uint16 {
	if n, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return uint16(n)
	}
	return defaultPort(u.Scheme)
}

// Shown is an address as it may be shown and kept, whatever was typed: without a password.
func Shown(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err == nil && u.User == nil {
		return s
	}
	if err == nil && u.User != nil {
		u.User = nil
		return u.String()
	}
	// what cannot be parsed: drop whatever stands before an @ in the host's place
	scheme, rest, _ := strings.Cut(s, "://")
	host, tail, _ := strings.Cut(rest, "/")
	if at := strings.LastIndex(host, "@"); at >= 0 {
		return scheme + "://" + host[at+1:] + "/" + tail
	}
	return s
}

// Name is a short name for what an address holds: the last part of its path, else the host.
func Name(u *url.URL) string {
	base := path.Base(u.Path)
	if base == "/" || base == "." {
		return u.Hostname()
	}
	return base
}

// IsHome reports whether an address is a site's first page.
func IsHome(u *url.URL) bool {
	if u.RawQuery != "" {
		return false
	}
	p := strings.ToLower(strings.Trim(u.Path, "/"))
	if first, rest, _ := strings.Cut(p, "/"); language.MatchString(first) {
		p = rest
	}
	switch p {
	case "", "index.html", "index.htm", "index.php", "home", "accueil", "404", "404.html", "not-found", "page-not-found":
		return true
	}
	return false
}

var language = regexp.MustCompile(`^[a-z]{2}(-[a-z]{2})?$`)

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
