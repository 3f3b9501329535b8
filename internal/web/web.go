// Package web is what leaves as pages: the register for readers, in French and in English, and the same as JSON for
// programs.
//
// It promises readers four things. Pages read well without script, and in fact ship none. Nobody is followed: no
// cookie, no third-party host, nothing in a page that calls elsewhere; a strict Content-Security-Policy makes the
// browser hold us to it. Every sentence of the register stands beside the words of its source and links to their
// place in the kept text. Texts of documents are material: they are escaped wherever they are shown.
//
// The site map is one list, [site.routes]. Each page is a folder under pages/ with its template; what pages say is
// in texts/, one catalogue a language. The addresses of pages begin with their language (/fr/, /en/), so that a
// link means the same page to everybody; "/" follows the reader's browser.
//
// What it is not: the place where anything is decided. Reviews are made on the command line; pages show their state.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
)

// requestBudget is how long one request may ask the store. What takes longer is answered 503 with a sentence.
const requestBudget = 10 * time.Second

// Source is what the pages ask of the store directly.
type Source interface {
	contrechamp.Documents
	contrechamp.Absences
	contrechamp.Claims
	contrechamp.Entities
	// Text answers the newest text read in a capture: ErrNotFound.
	Text(ctx context.Context, d contrechamp.Digest) (contrechamp.Text, error)
	// Contribution answers that of a capture, a photograph that somebody sent: ErrNotFound for none.
	Contribution(ctx context.Context, d contrechamp.Digest) (contrechamp.Contribution, error)
	// Withholding answers why a capture is withheld: ErrNotFound when it is not.
	Withholding(ctx context.Context, d contrechamp.Digest) (contrechamp.Withholding, error)
	// Figures counts what is kept.
	Figures(ctx context.Context) (contrechamp.Figures, error)
}

// Register is what the pages ask of the register; [register.Register] answers it.
type Register interface {
	Resolve(ctx context.Context, name string) (contrechamp.EntityLine, []contrechamp.EntityLine, error)
	Dossier(ctx context.Context, name string) (contrechamp.Dossier, error)
	Home(ctx context.Context, limit int) (register.Home, error)
	Search(ctx context.Context, text string, offset, limit int) (register.Results, error)
	Disagreements(ctx context.Context, name string, limit int) ([]contrechamp.Disagreement, error)
}

// Config is what the pages need.
type Config struct {
	Store    Source
	Register Register
	Blobs    Bytes
	// Contributions takes photographs that visitors send; nil where none are taken, which is usual.
	Contributions Contributions
	Explain       contrechamp.Explainer // how claims came about; nil where nobody can say
	Map           *Map                  // the map of cameras; nil while there is none
	Logger        *slog.Logger          // where failures are told whole; nil is slog.Default()
}

// site is the handler with what it needs.
type site struct {
	Config
	budget    time.Duration // requestBudget but for tests
	catalogue map[string]*voice
	templates templates
	assets    *assets
	holding   chan struct{} // requests that hold captured bytes
	desk      *desk         // nil where no photographs are taken
}

// New returns the handler of all pages and of the API. It fails only when the embedded templates, texts or assets
// are broken, which a test would have said.
func New(c Config) (http.Handler, error) {
	s, err := newSite(c)
	if err != nil {
		return nil, err
	}
	return s.guard(s.routes()), nil
}

func newSite(c Config) (*site, error) {
	if c.Store == nil || c.Register == nil || c.Blobs == nil {
		return nil, fmt.Errorf("web: Config needs Store, Register and Blobs: %w", contrechamp.ErrInvalid)
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	s := &site{Config: c, budget: requestBudget, holding: make(chan struct{}, capturesAtOnce)}
	if c.Contributions != nil {
		s.desk = newDesk(time.Now)
	}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	if s.catalogue, err = loadCatalogue(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	if s.templates, err = loadTemplates(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return s, nil
}
