package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"contrechamp.org/contrechamp"
)

// failure is what each of the three readers of an error is told, by its kind: programs get the kind, visitors a calm
// sentence and a next step (texts "error.STATUS.*"), the operator the whole chain in the log.
type failure struct {
	kind   string // as the API says it
	status int
}

var (
	unknownFailure = failure{"internal", http.StatusInternalServerError}
	wrongMethod    = failure{"method_not_allowed", http.StatusMethodNotAllowed}
)

// failureOf says what an error is to those outside.
func failureOf(err error) failure {
	for _, f := range []struct {
		of error
		failure
	}{
		{errMethod, wrongMethod},
		{contrechamp.ErrNotFound, failure{"not_found", http.StatusNotFound}},
		{contrechamp.ErrInvalid, failure{"invalid", http.StatusBadRequest}},
		{contrechamp.ErrConflict, failure{"conflict", http.StatusConflict}},
		{contrechamp.ErrWithheld, failure{"withheld", http.StatusUnavailableForLegalReasons}},
		{contrechamp.ErrAltered, failure{"altered", http.StatusInternalServerError}},
		{contrechamp.ErrUnavailable, failure{"unavailable", http.StatusServiceUnavailable}},
		{context.DeadlineExceeded, failure{"unavailable", http.StatusServiceUnavailable}},
	} {
		if errors.Is(err, f.of) {
			return f.failure
		}
	}
	return unknownFailure
}

// errMethod: pages are read; nothing can be sent to them.
var errMethod = errors.New("method not allowed")

// panicked makes an error of what was recovered, with the place it came from for the operator.
func panicked(caught any) error {
	return fmt.Errorf("panic: %v\n%s", caught, debug.Stack())
}

// nothingHere answers every address that is not in the site map.
func (s *site) nothingHere(w http.ResponseWriter, r *http.Request) {
	err := fmt.Errorf("no page at %s: %w", r.URL.Path, contrechamp.ErrNotFound)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		err = fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, errMethod)
	}
	s.fail(w, r, err)
}

// fail tells an error to whoever asked, and to the log when it is ours.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the visitor went away
	}
	f := failureOf(err)
	var reference string
	if f.status >= http.StatusInternalServerError {
		reference = newReference()
		s.Logger.ErrorContext(r.Context(), "page failed", "method", r.Method, "path", r.URL.Path, "reference", reference, "error", err)
	}
	if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") {
		s.failAPI(w, r, f, err, reference)
		return
	}
	if !strings.HasPrefix(r.URL.Path, "/"+languageOf(r)+"/") {
		w.Header().Add("Vary", "Accept-Language")
	}
	s.failPage(w, r, f, reference)
}

// newReference returns a short random text that finds a failure in the log again.
func newReference() string {
	var b [4]byte
	rand.Read(b[:]) // never fails (crypto/rand, since Go 1.24)
	return hex.EncodeToString(b[:])
}

// errorPage is the page of a failure.
type errorPage struct {
	page
	Status    int
	Text      string // what happened, and that nothing is lost
	Reference string
	Again     string // the address to try again, where trying again may help
	Search    string // what was asked for, to search for it
}

// failPage answers a visitor.
func (s *site) failPage(w http.ResponseWriter, r *http.Request, f failure, reference string) {
	lang := languageOf(r)
	v := s.catalogue[lang]
	p := errorPage{page: s.newPage(v, r), Status: f.status, Reference: reference}
	p.Title = v.T(errorText(f.status, "title"))
	p.Text = v.T(errorText(f.status, "text"))
	p.Description = p.Title
	p.NoIndex = true
	if f.status == http.StatusServiceUnavailable || f.status == http.StatusInternalServerError {
		p.Again = r.URL.RequestURI()
	}
	if f.status == http.StatusNotFound {
		p.Search = lastWords(r.URL.Path)
	}
	body, err := s.templates.render("error", &p)
	if err != nil {
		s.Logger.ErrorContext(r.Context(), "error page failed", "path", r.URL.Path, "error", err)
		http.Error(w, p.Title, f.status)
		return
	}
	s.respond(w, r, f.status, htmlType, body)
}

// errorText names the text of a status: those without a text of their own share that of 500.
func errorText(status int, part string) string {
	switch status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict,
		http.StatusUnavailableForLegalReasons, http.StatusServiceUnavailable:
		return fmt.Sprintf("error.%d.%s", status, part)
	}
	return "error.500." + part
}

// maxSearchWords is how much of a wrong address is offered as a search, in bytes.
const maxSearchWords = 80

// lastWords makes a search of the last part of an address that was not found.
func lastWords(path string) string {
	last := path[strings.LastIndexByte(path, '/')+1:]
	words := strings.Join(strings.FieldsFunc(last, func(r rune) bool { return strings.ContainsRune("-_. ", r) }), " ")
	if len(words) > maxSearchWords {
		return ""
	}
	return words
}
