package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"contrechamp.org/contrechamp"
)

// Dialer connects to "host:port", or refuses to.
type Dialer func(ctx context.Context, network, hostport string) (net.Conn, error)

// proxy is the browser's only way to the network: an HTTP proxy on this machine's loopback address.
type proxy struct {
	dial     Dialer
	server   *http.Server
	listener net.Listener
	left     atomic.Int64 // bytes that may still pass
	forward  http.RoundTripper
	mu       sync.Mutex
	no       []string // what was refused
	open     map[net.Conn]bool
}

func newProxy(dial Dialer, bytes int64) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the browser: %w: %w", err, contrechamp.ErrUnavailable)
	}
	p := &proxy{dial: dial, listener: l, open: map[net.Conn]bool{}}
	p.left.Store(bytes)
	const timeout = 30 * time.Second
	p.forward = &http.Transport{DialContext: p.connect, DisableCompression: true, DisableKeepAlives: true, ResponseHeaderTimeout: timeout}
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: timeout}
	go p.server.Serve(l) // ends with close
	return p, nil
}

func (p *proxy) address() string { return p.listener.Addr().String() }

func (p *proxy) close() {
	p.server.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
}

// refused lists what was refused, each once.
func (p *proxy) refused() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	slices.Sort(p.no)
	return slices.Compact(slices.Clone(p.no))
}

// connect makes a connection whose bytes are counted.
func (p *proxy) connect(ctx context.Context, network, hostport string) (net.Conn, error) {
	if host, _, err := net.SplitHostPort(hostport); err == nil && makers.MatchString(host) {
		return nil, errMaker
	}
	c, err := p.dial(ctx, network, hostport)
	if err != nil {
		const most = 100
		p.mu.Lock()
		if len(p.no) < most {
			p.no = append(p.no, hostport+": "+err.Error())
		}
		p.mu.Unlock()
		return nil, err
	}
	counted := &metered{Conn: c, proxy: p}
	p.mu.Lock()
	p.open[counted] = true
	p.mu.Unlock()
	return counted, nil
}

// makers are hosts that Chromium asks on its own account: for updates, lists, an account. Who looks at which page is no
// business of its maker's.
var makers = regexp.MustCompile(`^(accounts\.google\.com|(clients\d*|android\.clients|clientservices)\.google(apis)?\.com|(update|safebrowsing|optimizationguide-pa|content-autofill|chromewebstore|chromekanonymity-pa)\.googleapis\.com|(.+\.)?gvt1\.com)$`)

var errMaker = errors.New("the browser's own affairs")

var errFull = errors.New("the page's bytes are used up")

// metered counts a connection's bytes against what the page may have.
type metered struct {
	net.Conn
	proxy *proxy
}

func (m *metered) Read(b []byte) (int, error) {
	n, err := m.Conn.Read(b)
	if m.proxy.left.Add(-int64(n)) < 0 {
		return 0, errFull
	}
	return n, err
}

func (m *metered) Close() error {
	m.proxy.mu.Lock()
	delete(m.proxy.open, m)
	m.proxy.mu.Unlock()
	return m.Conn.Close()
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		p.tunnel(w, r)
		return
	}
	if r.URL.Scheme != "http" || r.URL.Host == "" {
		http.Error(w, "not forwarded", http.StatusBadRequest)
		return
	}
	out := r.Clone(r.Context())
	out.RequestURI = ""
	for _, h := range []string{"Proxy-Connection", "Proxy-Authorization", "Connection", "Keep-Alive", "Te", "Trailer", "Upgrade"} {
		out.Header.Del(h)
	}
	answer, err := p.forward.RoundTrip(out)
	if err != nil {
		http.Error(w, "not forwarded", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	for k, vs := range answer.Header {
		for _, v := range vs {
			w.Header().Add(k, v)
		}
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body) // the browser sees that it ends early
}

// tunnel connects the browser with a server that it speaks TLS to.
func (p *proxy) tunnel(w http.ResponseWriter, r *http.Request) {
	out, err := p.connect(r.Context(), "tcp", r.Host)
	if err != nil {
		http.Error(w, "not connected", http.StatusBadGateway)
		return
	}
	defer out.Close()
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		http.Error(w, "not connected", http.StatusInternalServerError)
		return
	}
	in, buffered, err := hijacker.Hijack()
	if err != nil {
		return // the browser has gone
	}
	defer in.Close()
	if _, err := io.WriteString(in, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	done := make(chan struct{}, 2)
	pass := func(to io.Writer, from io.Reader) {
		_, _ = io.Copy(to, from) // either side may end it
		done <- struct{}{}
	}
	go pass(out, buffered)
	go pass(in, out)
	<-done
}
