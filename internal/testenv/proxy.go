package testenv

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
)

// Proxy stands between a program and a server on the loopback address, and can let the server seem to be gone. It is
// toxiproxy (https://github.com/Shopify/toxiproxy).
type Proxy struct {
	control string
	Address string // where it listens instead of the server
}

// Between starts a proxy before a server.
func Between(t testing.TB, server string) *Proxy {
	t.Helper()
	control := FreeAddress(t)
	host, port, err := net.SplitHostPort(control)
	if err != nil {
		t.Fatal(err)
	}
	Serve(t, control, Tool(t, "toxiproxy-server"), "-host", host, "-port", port)
	p := &Proxy{control: "http://" + control, Address: FreeAddress(t)}
	p.ask(t, "/proxies", map[string]any{"name": "server", "listen": p.Address, "upstream": server, "enabled": true})
	return p
}

// Cut ends all connections and lets none be made.
func (p *Proxy) Cut(t testing.TB) { p.ask(t, "/proxies/server", map[string]any{"enabled": false}) }

// Mend lets connections be made again.
func (p *Proxy) Mend(t testing.TB) { p.ask(t, "/proxies/server", map[string]any{"enabled": true}) }

func (p *Proxy) ask(t testing.TB, path string, body map[string]any) {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(p.control+path, "application/json", bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if said, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode >= http.StatusBadRequest {
		t.Fatal(fmt.Errorf("toxiproxy %s: %s: %s %w", path, resp.Status, said, err))
	}
}
