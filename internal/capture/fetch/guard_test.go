package fetch

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

func TestGuard(t *testing.T) {
	for address, want := range map[string]reach{
		"1.1.1.1": public, "93.184.216.34": public, "2606:4700::1111": public, "2a00:1450:4007::1": public, "100.63.255.255": public, "172.32.0.1": public,
		"127.0.0.1": inside, "127.255.0.9": inside, "10.1.2.3": inside, "172.16.0.1": inside, "172.31.255.255": inside, "192.168.1.1": inside,
		"100.64.0.1": inside, "169.254.1.1": inside, "::1": inside, "fc00::1": inside, "fd12:3456::1": inside, "fe80::1": inside, "fec0::1": inside,
		"fe80::1%eth0": inside,
		"0.0.0.0":      never, "0.1.2.3": never, "::": never, "224.0.0.1": never, "239.255.255.250": never, "ff02::1": never, "255.255.255.255": never,
		"240.0.0.1": never, "198.18.0.1": never, "192.0.2.7": never, "192.88.99.1": never, "2001:db8::1": never,
		// clouds' metadata
		"169.254.169.254": never, "100.100.100.200": never, "168.63.129.16": never, "fd00:ec2::254": never, "192.0.0.192": never,
		// an IPv4 address inside an IPv6 address is that address
		"::ffff:127.0.0.1": inside, "::ffff:10.0.0.1": inside, "::ffff:169.254.169.254": never, "::ffff:1.1.1.1": public,
		"2002:7f00:0001::": inside, "2002:a9fe:a9fe::1": never, "2002:0101:0101::1": public,
		"64:ff9b::7f00:1": inside, "64:ff9b::a9fe:a9fe": never, "64:ff9b::101:101": public, "64:ff9b:1::101:101": never,
		"2001:0:4136:e378:8000:63bf:3fff:fdd2": never,                                          // Teredo
		"::127.0.0.1":                          never,                                          // IPv4-compatible
		"2a00:1450::5efe:127.0.0.1":            inside, "2a00:1450::200:5efe:10.0.0.1": inside, // ISATAP
		"100::1": never, "5f00::1": never, "4000::1": never,
	} {
		if got, _ := judge(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: got %d, want %d", address, got, want)
		}
	}
}

func TestGuardAllowed(t *testing.T) {
	f := &Fetcher{AllowPrivate: true}
	for address, want := range map[string]bool{"127.0.0.1": true, "10.0.0.1": true, "fd00::1": true, "1.1.1.1": true,
		"169.254.169.254": false, "::ffff:169.254.169.254": false, "0.0.0.0": false, "224.0.0.1": false, "fd00:ec2::254": false} {
		if err := f.guard(netip.MustParseAddr(address)); (err == nil) != want {
			t.Errorf("%s: got %v", address, err)
		} else if err != nil && !errors.Is(err, ErrInside) {
			t.Errorf("%s: got %v, want ErrInside", address, err)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org":                  "https://example.org/",
		"HTTPS://Example.ORG:443/A/b?C=d#part": "https://example.org/A/b?C=d",
		"http://example.org:80/":               "http://example.org/",
		"http://example.org:8080/x":            "http://example.org:8080/x",
		"https://mairie-évreux.fr/caméras":     "https://xn--mairie-vreux-heb.fr/cam%C3%A9ras",
		"https://пример.рф/":                   "https://xn--e1afmkfd.xn--p1ai/",
		"https://example.org/a%2Fb/c%20d":      "https://example.org/a%2Fb/c%20d",
		"https://example.org/a b":              "https://example.org/a%20b",
		"https://example.org/?q=é x":           "https://example.org/?q=%C3%A9%20x",
		"https://example.org./":                "https://example.org/",
		"http://[2606:4700:0:0:0:0:0:1111]/":   "http://[2606:4700::1111]/",
		"  https://example.org/  ":             "https://example.org/",
		"https://example.org:0443/":            "https://example.org/",
		"https://old_name--x.example.org/":     "https://old_name--x.example.org/",
		"https://example.org/?":                "https://example.org/?",
	} {
		u, err := Parse(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := u.String(); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
		again, err := Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%s: parsed again: got %v, %v", in, again, err)
		}
	}
	for _, bad := range []string{"file:///etc/passwd", "ftp://example.org/", "gopher://example.org:70/", "javascript://example.org/%0aalert(1)", "https://",
		"https://:443/", "https://user:secret@example.org/", "https://user@example.org/", "http://example.org:25/", "http://example.org:6379/",
		"http://example.org:70000/", "http://example.org:0/", "https://exa mple.org/", "http://\xad/", "http://-a.org/", "http://a..b/", "http://%2e%2e/", "https://example.org/" + strings.Repeat("a", maxAddress), "http://%zz/", "http://a_\x00b/"} {
		if u, err := Parse(bad); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: got %v, %v, want ErrInvalid", bad, u, err)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the password is in the message: %v", bad, err)
		}
	}
}

func TestShown(t *testing.T) {
	for in, want := range map[string]string{
		"https://user:secret@example.org/a?b": "https://example.org/a?b", "https://example.org/@b": "https://example.org/@b",
		"https://user:se%zzcret@example.org/a": "https://example.org/a", "http://a:b@[::1": "http://[::1/",
	} {
		if got := Shown(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"https://example.org/", "http://[::1]:8080/a?b#c", "https://é.fr/%zz", "http://a@b:c@d/", "HTTP://X"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := Parse(s)
		if err != nil {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Hostname() == "" || strings.ContainsAny(u.RequestURI()+u.Host, " \r\n\t\x00") {
			t.Fatalf("%q: got %q", s, u)
		}
		again, err := Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q: got %q, parsed again %v, %v", s, u, again, err)
		}
	})
}
