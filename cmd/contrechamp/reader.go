package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/second"
)

// readerKey is the environment variable of the token that some servers want. It is no flag: flags are seen by all who see
// the list of processes.
const readerKey = "CONTRECHAMP_READER_KEY"

// patience is how many documents in a row the second reader may fail on before it is not asked again.
const patience = 3

// secondReader asks a model about each text, and does without where it cannot be asked: no document waits for a model.
type secondReader struct {
	reader *second.Reader

	mu     sync.Mutex
	row    int    // failures in a row
	failed int    // documents that the model was not heard on
	reason string // of the first of them
}

// newSecondReader sets up the second reader on a road, if an address is given.
func (p *program) newSecondReader(way *road, url, model string) error {
	if url == "" && model == "" {
		return nil
	}
	folder, _, err := p.dataFolder()
	if err != nil {
		return err
	}
	r := &second.Reader{URL: url, Model: model, Key: os.Getenv(readerKey), Engine: way.engine, Lex: way.engine.Lexicon(),
		Cache: filepath.Join(folder, "answers")}
	way.second = &secondReader{reader: r}
	return nil
}

func (s *secondReader) read(ctx context.Context, text contrechamp.Text, claims []contrechamp.Claim, entities []contrechamp.Entity, now time.Time) ([]contrechamp.Claim, []contrechamp.Entity, error) {
	if s.givenUp() {
		s.heard(errSilent)
		return claims, entities, nil
	}
	more, met, err := s.reader.Read(ctx, text, claims, entities, now)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	s.heard(err)
	if err != nil {
		slog.WarnContext(ctx, "the second reader was not heard", "capture", text.Capture.String(), "error", err)
		return claims, entities, nil
	}
	return more, met, nil
}

var errSilent = fmt.Errorf("the second reader was given up: %w", contrechamp.ErrUnavailable)

func (s *secondReader) givenUp() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.row >= patience
}

func (s *secondReader) heard(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.row = 0
		return
	}
	s.row++
	s.failed++
	if s.reason == "" {
		s.reason = reasonOf(err)
	}
}

// secondSummary is what the second reader did and used, for programs.
type secondSummary struct {
	Model    string  `json:"model"`
	Requests int     `json:"requests"`
	Cached   int     `json:"cached"`
	Asked    int     `json:"tokens_asked"`
	Answered int     `json:"tokens_answered"`
	Seconds  float64 `json:"seconds"`
	Kept     int     `json:"claims_kept"`
	Dropped  int     `json:"claims_dropped"`
	NotHeard int     `json:"documents_not_heard"`
	WhyNot   string  `json:"why_not,omitempty"`
}

// summary is nil where no second reader was asked for.
func (s *secondReader) summary() *secondSummary {
	if s == nil {
		return nil
	}
	c := s.reader.Cost()
	s.mu.Lock()
	defer s.mu.Unlock()
	return &secondSummary{Model: s.reader.Model, Requests: c.Requests, Cached: c.Cached, Asked: c.Asked, Answered: c.Answered,
		Seconds: c.Took.Seconds(), Kept: c.Kept, Dropped: c.Dropped, NotHeard: s.failed, WhyNot: s.reason}
}

func (s *secondSummary) print(w io.Writer) {
	if s == nil {
		return
	}
	fmt.Fprintf(w, "\nsecond reader %s: %s requests, %s answers from the cache, %s tokens asked, %s answered, %.1f s\n",
		printable(s.Model), count(s.Requests), count(s.Cached), count(s.Asked), count(s.Answered), s.Seconds)
	fmt.Fprintf(w, "  of its claims %s stood up and %s were dropped\n", count(s.Kept), count(s.Dropped))
	if s.NotHeard > 0 {
		fmt.Fprintf(w, "  not heard on %s documents, which have the claims of the rules: %s\n", count(s.NotHeard), printable(s.WhyNot))
	}
}
