package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
)

// local is a fetcher that may meet this machine, and does not dawdle.
func local() *Fetcher {
	return &Fetcher{UserAgent: UserAgent("test", "ops@example.org"), AllowPrivate: true,
		Limits: Limits{Delay: -1, Connect: 5 * time.Second, Head: 5 * time.Second, Idle: 5 * time.Second, Whole: 5 * time.Second},
		Sleep:  func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}
}

// raw is a server that answers a connection with what f does to it, after the request was read.
func raw(t *testing.T, f func(c net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				b := make([]byte, 4096)
				n, err := c.Read(b)
				if err != nil {
					return
				}
				if strings.HasPrefix(string(b[:n]), "GET /robots.txt ") {
					io.WriteString(c, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
					return
				}
				f(c)
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/page"
}

func visit(t *testing.T, f *Fetcher, address string) *Visit {
	t.Helper()
	u, err := Parse(address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	v, err := f.Visit(t.Context(), u)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	t.Cleanup(v.Close)
	return v
}

func content(t *testing.T, x *Exchange) string {
	t.Helper()
	in, err := x.Content()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(in)
	return string(b)
}

func TestExchangeIsKeptAsItCame(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte("<p>douze caméras</p>"))
	z.Close()
	for name, tc := range map[string]struct{ answer, want string }{
		"length":          {"HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 5\r\n\r\nhello", "hello"},
		"until the end":   {"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nhello", "hello"},
		"chunks":          {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nX-Late: 1\r\n\r\n", "hello"},
		"gzip":            {fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", packed.Len(), packed.String()), "<p>douze caméras</p>"},
		"gzip in chunks":  {fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", packed.Len(), packed.String()), "<p>douze caméras</p>"},
		"nothing":         {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", ""},
		"an announcement": {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			v := visit(t, local(), raw(t, func(c net.Conn) {
				if name == "an announcement" {
					io.WriteString(c, "HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n")
				}
				io.WriteString(c, tc.answer)
			}))
			if v.Err != nil {
				t.Fatal(v.Err)
			}
			block, err := io.ReadAll(v.Page.Block())
			if err != nil || string(block) != tc.answer {
				t.Errorf("kept: got %q, %v, want %q", block, err, tc.answer)
			}
			if got := content(t, v.Page); got != tc.want || v.Page.Truncated != "" {
				t.Errorf("content: got %q, cut short %q, want %q", got, v.Page.Truncated, tc.want)
			}
			for _, want := range []string{"GET /page HTTP/1.1\r\n", "User-Agent: Contrechamp/test (+https://contrechamp.org/; ops@example.org)\r\n"} {
				if !strings.Contains(string(v.Page.Request), want) {
					t.Errorf("request: got %q, want %q in it", v.Page.Request, want)
				}
			}
			if !v.Page.Remote.Addr().IsLoopback() || v.Page.Started.IsZero() || v.Page.Ended.Before(v.Page.Started) {
				t.Errorf("got remote %v from %v to %v", v.Page.Remote, v.Page.Started, v.Page.Ended)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	short := Limits{Delay: -1, Connect: 5 * time.Second, Head: 300 * time.Millisecond, Idle: 200 * time.Millisecond, Whole: 500 * time.Millisecond, Bytes: 64 << 10, Tries: 1}
	drip := func(c net.Conn, s string) {
		for {
			if _, err := io.WriteString(c, s); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	for name, tc := range map[string]struct {
		serve     func(c net.Conn)
		want      string // in the message; "" where something was kept
		kind      error
		truncated string
	}{
		"no answer":           {func(c net.Conn) { time.Sleep(time.Second) }, "did not answer in time", contrechamp.ErrUnavailable, ""},
		"a head byte by byte": {func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nX: "); drip(c, "x") }, "did not answer in time", contrechamp.ErrUnavailable, ""},
		"a body byte by byte": {func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n"); drip(c, "x") }, "", nil, archive.TruncatedTime},
		"a body that stops": {func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")
			time.Sleep(time.Second)
		}, "", nil, archive.TruncatedTime},
		"an endless body": {func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
			b := make([]byte, 32<<10)
			for {
				if _, err := c.Write(b); err != nil {
					return
				}
			}
		}, "", nil, archive.TruncatedLength},
		"endless chunks": {func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
			for {
				if _, err := io.WriteString(c, "400\r\n"+strings.Repeat("x", 1024)+"\r\n"); err != nil {
					return
				}
			}
		}, "", nil, archive.TruncatedLength},
		"it dies midway":      {func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf") }, "", nil, archive.TruncatedDisconnect},
		"it dies in a chunk":  {func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf") }, "", nil, archive.TruncatedDisconnect},
		"it dies in the head": {func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nConte") }, "within the head", contrechamp.ErrUnavailable, ""},
		"it dies at once":     {func(c net.Conn) {}, "without an answer", contrechamp.ErrUnavailable, ""},
		"a head of one MB": {func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 1<<20)+"\r\n\r\nhello")
		}, "longer than any page's", contrechamp.ErrInvalid, ""},
		"a MB of short lines": {func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X: x\r\n", 1<<18)+"\r\nhello")
		}, "longer than any page's", contrechamp.ErrInvalid, ""},
		"no HTTP":           {func(c net.Conn) { io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n\r\n") }, "not answer as a web server", contrechamp.ErrInvalid, ""},
		"a negative length": {func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello") }, "not answer as a web server", contrechamp.ErrInvalid, ""},
		"two lengths": {func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhello")
		}, "not answer as a web server", contrechamp.ErrInvalid, ""},
		"announcements alone": {func(c net.Conn) {
			for range 20 {
				io.WriteString(c, "HTTP/1.1 103 Early Hints\r\n\r\n")
			}
		}, "announces answers and gives none", contrechamp.ErrInvalid, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := local()
			f.Limits = short
			v := visit(t, f, raw(t, tc.serve))
			if tc.want == "" {
				if v.Err != nil || v.Page == nil || v.Page.Truncated != tc.truncated {
					t.Fatalf("got %v, %+v, want a part, cut short by %s", v.Err, v.Page, tc.truncated)
				}
				if v.Page.Response.Size() > v.Page.Head+short.Bytes+1 {
					t.Errorf("kept %d bytes", v.Page.Response.Size())
				}
				return
			}
			if v.Err == nil || !errors.Is(v.Err, tc.kind) || !strings.Contains(v.Err.Error(), tc.want) {
				t.Errorf("got %v, want %q", v.Err, tc.want)
			}
		})
	}
}

func TestConnectionRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	var slept []time.Duration
	f := local()
	f.Sleep = func(_ context.Context, d time.Duration) error { slept = append(slept, d); return nil }
	v := visit(t, f, "http://"+l.Addr().String()+"/")
	if !errors.Is(v.Err, contrechamp.ErrUnavailable) || !strings.Contains(v.Err.Error(), "refuses connections") {
		t.Errorf("got %v", v.Err)
	}
	// two pauses, each within half and one and a half of its mean, and the second's mean twice the first's
	if len(slept) != 2 || slept[0] < 500*time.Millisecond || slept[0] > 1500*time.Millisecond || slept[1] < time.Second || slept[1] > 3*time.Second {
		t.Errorf("paused %v", slept)
	}
}

func TestRedirects(t *testing.T) {
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := map[string]string{"/circle": "/circle2", "/circle2": "/circle", "/file": "file:///etc/passwd", "/metadata": "http://169.254.169.254/latest/meta-data/",
			"/mapped": "http://[::ffff:169.254.169.254]/", "/mail": "http://" + s.Listener.Addr().String() + ":25/", "/port": "http://127.0.0.1:25/", "/password": "http://a:secret@127.0.0.1/",
			"/once": "/end", "/relative": "end?x=é", "/odd": "http://%zz/"}[r.URL.Path]
		switch {
		case to != "":
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/chain/"):
			w.Header().Set("Location", r.URL.Path+"x")
			w.WriteHeader(http.StatusMovedPermanently)
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		default:
			io.WriteString(w, "end")
		}
	}))
	defer s.Close()
	for path, want := range map[string]string{"/circle": "in a circle", "/chain/": "more than 10 times", "/file": "only http and https", "/metadata": "metadata service",
		"/mapped": "metadata service", "/mail": "cannot be understood", "/port": "port 25", "/password": "a name or a password", "/odd": "cannot be understood"} {
		v := visit(t, local(), s.URL+path)
		if v.Err == nil || !errors.Is(v.Err, contrechamp.ErrInvalid) || !strings.Contains(v.Err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, v.Err, want)
		} else if strings.Contains(v.Err.Error(), "secret") {
			t.Errorf("%s: the password is in the message: %v", path, v.Err)
		}
	}
	for path, end := range map[string]string{"/once": "/end", "/relative": "/end?x=%C3%A9"} {
		v := visit(t, local(), s.URL+path)
		if v.Err != nil || v.Page.Address.RequestURI() != end || len(v.Exchanges) != 3 { // robots.txt, the redirect, the page
			t.Errorf("%s: got %v, %+v", path, v.Err, v)
		}
	}
	// the same from the outside: a public page that leads inside
	f := local()
	f.AllowPrivate = false
	f.IgnoreRobots = true
	if v := visit(t, f, s.URL+"/once"); !errors.Is(v.Err, ErrInside) || v.Page != nil {
		t.Errorf("this machine: got %v", v.Err)
	}
}

// A name that leads outside when it is asked about and inside when it is connected to.
type rebinding struct {
	answers [][]netip.Addr
	asked   int
}

func (r *rebinding) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	a := r.answers[min(r.asked, len(r.answers)-1)]
	r.asked++
	return a, nil
}

func TestNameThatChanges(t *testing.T) {
	outside, inside := netip.MustParseAddr("1.1.1.1"), netip.MustParseAddr("127.0.0.1")
	f := local()
	f.AllowPrivate = false
	f.IgnoreRobots = true
	f.Limits.Connect = time.Millisecond // nothing is to be reached
	f.Limits.Tries = 1
	names := &rebinding{answers: [][]netip.Addr{{outside}, {inside}}}
	f.Resolver = names
	v := visit(t, f, "http://rebind.example/")
	if v.Err == nil || errors.Is(v.Err, ErrInside) || names.asked != 1 {
		t.Errorf("got %v after the name was asked for %d times, want one question, and a connection to its answer only", v.Err, names.asked)
	}
	// asked again, it leads inside
	if v := visit(t, f, "http://rebind.example/"); !errors.Is(v.Err, ErrInside) {
		t.Errorf("got %v, want ErrInside", v.Err)
	}
	names.answers = [][]netip.Addr{{outside, inside}}
	if v := visit(t, f, "http://both.example/"); !errors.Is(v.Err, ErrInside) {
		t.Errorf("a name that leads to both: got %v, want ErrInside", v.Err)
	}
}

func TestNoSuchHost(t *testing.T) {
	f := local()
	f.Resolver = noName{}
	if v := visit(t, f, "http://gone.example/"); !errors.Is(v.Err, ErrNoName) || !errors.Is(v.Err, contrechamp.ErrNotFound) || v.Failed.IsZero() {
		t.Errorf("got %v", v.Err)
	}
	f.Resolver = noAnswer{}
	if v := visit(t, f, "http://gone.example/"); !errors.Is(v.Err, contrechamp.ErrUnavailable) {
		t.Errorf("a name system that is away: got %v", v.Err)
	}
}

type noName struct{}

func (noName) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

type noAnswer struct{}

func (noAnswer) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Err: "server misbehaving", Name: host, IsTemporary: true}
}

func TestCertificates(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "secret page") }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it will be told that its certificate is not trusted
	s.StartTLS()
	defer s.Close()
	f := local()
	f.IgnoreRobots = true
	v := visit(t, f, s.URL)
	if !errors.Is(v.Err, ErrCertificate) || !strings.Contains(v.Err.Error(), "no authority that this machine trusts") || v.Page != nil {
		t.Errorf("unknown authority: got %v", v.Err)
	}
	f.Roots = x509.NewCertPool()
	f.Roots.AddCert(s.Certificate())
	v = visit(t, f, s.URL)
	if v.Err != nil || v.Page.TLS == nil || len(v.Page.TLS.PeerCertificates) == 0 || content(t, v.Page) != "secret page" {
		t.Errorf("trusted: got %v", v.Err)
	}
	old := httptest.NewUnstartedServer(http.NotFoundHandler())
	old.Config.ErrorLog = s.Config.ErrorLog
	old.TLS = &tls.Config{Certificates: []tls.Certificate{expired(t, f.Roots)}}
	old.StartTLS()
	defer old.Close()
	if v := visit(t, f, old.URL); !errors.Is(v.Err, ErrCertificate) || !strings.Contains(v.Err.Error(), "it is valid from 2020-01-01 to 2020-02-01") {
		t.Errorf("expired: got %v", v.Err)
	}
	f.Resolver = &rebinding{answers: [][]netip.Addr{{netip.MustParseAddr("127.0.0.1")}}}
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	if v := visit(t, f, "https://other.test:"+port+"/"); !errors.Is(v.Err, ErrCertificate) || !strings.Contains(v.Err.Error(), "for another host") {
		t.Errorf("another host: got %v", v.Err)
	}
	if v := visit(t, f, "https://"+strings.TrimPrefix(strings.TrimSuffix(raw(t, func(c net.Conn) { io.WriteString(c, "HTTP/1.1 400 no\r\n\r\n") }), "/page"), "http://")+"/"); v.Err == nil || !strings.Contains(v.Err.Error(), "TLS") {
		t.Errorf("no TLS: got %v", v.Err)
	}
}

// expired makes a certificate that was valid in January 2020, signed by itself and trusted.
func expired(t *testing.T, roots *x509.CertPool) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC)}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(signed)
	if err != nil {
		t.Fatal(err)
	}
	roots.AddCert(certificate)
	return tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}
}

func TestRequisites(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/dir/page":
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, `<base href="/files/"><link rel="stylesheet" href="s.css"><link rel="next" href="/next"><script src="/script.js"></script>
				<img src="a.png" srcset="a-1x.png 1x, a,2x.png 2x, a-9x.png 9x"><img src="data:image/png;base64,AA=="><img src="a.png">
				<picture><source srcset="p-800.webp 800w, p-4000.webp 4000w"></picture><video poster="poster.jpg"><source src="film.mp4"></video>
				<style>@import "t.css"; p{background:url( 'in style.png' )}</style><p style="background:url(&quot;attr.png&quot;)">
				<img src="http://169.254.169.254/latest"><img src="file:///etc/passwd"><img src="gone.png"><a href="/link">link</a>`)
		case "/files/s.css":
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			io.WriteString(w, `/* url(comment.png) */ @import url("t.css"); @font-face{src:url(../font.woff2)} .a{background:url(#local)}`)
		case "/robots.txt", "/files/gone.png":
			http.NotFound(w, r)
		default:
			io.WriteString(w, "bytes of "+r.URL.Path)
		}
	}))
	defer s.Close()
	v := visit(t, local(), s.URL+"/dir/page")
	if v.Err != nil {
		t.Fatal(v.Err)
	}
	var got []string
	for _, x := range v.Exchanges {
		got = append(got, x.Address.RequestURI())
	}
	want := "/robots.txt /dir/page /files/s.css /files/a.png /files/a,2x.png /files/p-800.webp /files/poster.jpg /files/t.css /files/in%20style.png /files/attr.png /files/gone.png /font.woff2"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if len(v.LeftOut) != 1 || !strings.Contains(v.LeftOut[0].Reason, "metadata service") {
		t.Errorf("left out: got %v", v.LeftOut)
	}
	f := local()
	f.Limits.Requisites = 2
	if v := visit(t, f, s.URL+"/dir/page"); len(v.Exchanges) != 4 || len(v.LeftOut) < 7 {
		t.Errorf("two at most: got %d exchanges, %d left out", len(v.Exchanges), len(v.LeftOut))
	}
	f.Limits.Requisites, f.Limits.RequisiteBytes = 0, 1
	if v := visit(t, f, s.URL+"/dir/page"); len(v.Exchanges) != 2 { // robots.txt is remembered
		t.Errorf("one byte at most: got %d exchanges", len(v.Exchanges))
	}
}

// FuzzRequisites: whatever a page or a style says, what is fetched for it is an address that can be fetched.
func FuzzRequisites(f *testing.F) {
	f.Add(`<base href=//x><img src=a srcset="b 2x, c"><style>@import "d";p{background:url('e')}</style><link rel=icon href=f>`)
	f.Add(`<img srcset=",,, ,a 1x" style="background:url(&quot;a"><image href="javascript:x">`)
	at := &url.URL{Scheme: "https", Host: "example.org", Path: "/dir/"}
	f.Fuzz(func(t *testing.T, text string) {
		for _, u := range append(wanted([]byte(text), at), inStyle(text, at)...) {
			if u.Scheme != "http" && u.Scheme != "https" || u.Fragment != "" {
				t.Fatalf("%q: got %q", text, u)
			}
		}
	})
}

func TestLargest(t *testing.T) {
	for in, want := range map[string]string{"": "", "a": "a", "a, b 2x": "b", "a 100w, b 2000w, c 2001w": "b", "a,b 1x,c 2x": "c", " ,, a 1x ,": "a", "w_1,h_2/a.jpg 400w, b.jpg 200w": "w_1,h_2/a.jpg", "a x": "", "a 3x": ""} {
		if got := largest(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestInterrupted(t *testing.T) {
	at := raw(t, func(c net.Conn) { time.Sleep(5 * time.Second) })
	u, err := Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	begun := time.Now()
	if v, err := local().Visit(ctx, u); err == nil || v != nil || time.Since(begun) > 3*time.Second {
		t.Errorf("got %v, %v after %v", v, err, time.Since(begun))
	}
}
