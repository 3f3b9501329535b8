package web

import (
	"net/http"
	"strings"
)

// contentPolicy forbids everything that pages do not need: no script at all (but see mapPolicy), no style but our file, nothing from
// another host, no framing, no form to elsewhere.
var contentPolicy = strings.Join([]string{
	"default-src 'none'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "form-action 'self'",
	"base-uri 'none'", "frame-ancestors 'none'",
}, "; ")

// framingPolicy is that of the page around a captured one, which it frames.
var framingPolicy = contentPolicy + "; frame-src 'self'"

// mapPolicy is that of the map page, which runs our own script: that file, its worker, and tiles of this host.
var mapPolicy = contentPolicy + "; script-src 'self'; worker-src 'self'; connect-src 'self'"

// workerPolicy is that of the map's worker, which has a policy of its own: it asks this host for tiles.
const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'"

// guard sets the headers that every answer carries, and turns a panic into the page of a failure.
func (s *site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
		defer func() {
			if caught := recover(); caught != nil {
				if caught == http.ErrAbortHandler {
					panic(caught)
				}
				s.fail(w, r, panicked(caught))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
