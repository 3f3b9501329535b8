package web

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
)

// zipFrom is the size in bytes from which an answer is compressed: below it, it fits one packet anyway.
const zipFrom = 1400

// respond sends a whole answer made for this request. Browsers ask again each time, and a page that did not change
// costs them a few bytes.
func (s *site) respond(w http.ResponseWriter, r *http.Request, status int, mediaType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "no-cache")
	if status == http.StatusOK {
		sum := sha256.Sum256(body)
		tag := `W/"` + hex.EncodeToString(sum[:12]) + `"` // weak: the same page, zipped or not
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			h.Add("Vary", "Accept-Encoding")
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	var zipped []byte
	if len(body) >= zipFrom && acceptsGzip(r) {
		var err error
		if zipped, err = zip(body, gzip.BestSpeed); err != nil {
			s.Logger.ErrorContext(r.Context(), "compress", "path", r.URL.Path, "error", err) // the plain page still goes out
		}
	}
	write(w, r, status, body, zipped)
}

// matches reports whether an If-None-Match header names the tag (RFC 9110, section 13.1.2: weak comparison).
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding (RFC 9110, section 12.5.3) as far as gzip is concerned.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			q, weighed := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			if !weighed {
				return true
			}
			f, err := strconv.ParseFloat(q, 64)
			return err == nil && f > 0
		}
	}
	return false
}

// write sends the zipped form where there is one and the browser takes it.
func write(w http.ResponseWriter, r *http.Request, status int, plain, zipped []byte) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	body := plain
	if zipped != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = zipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body) // the visitor went away: nobody is left to tell
}
