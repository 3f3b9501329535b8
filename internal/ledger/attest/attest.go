package attest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/witness"
)

// userAgent says who asks.
const userAgent = "Contrechamp (+https://contrechamp.org/)"

// Defaults and limits.
const (
	DefaultEvery = time.Hour
	askTimeout   = 20 * time.Second // for one who is asked
	firstPause   = time.Minute      // after a try that came to nothing; doubled with each
	longestPause = 6 * time.Hour
	look         = time.Minute // how often a newer checkpoint is looked for without being told
)

// Options say who is asked, and how often.
type Options struct {
	Log         ledger.Folder
	Authorities []Authority
	Witnesses   []ledger.Witness // those with an address are asked
	Every       time.Duration    // at least between two rounds; 0 is DefaultEvery
	HTTP        *http.Client     // nil for one that follows no redirects
	Now         func() time.Time // nil for the real clock
	Logger      *slog.Logger     // nil for the default one
}

// Attester asks.
type Attester struct {
	o    Options
	wake chan struct{}
	mu   sync.Mutex // one round at a time
}

// New makes an attester. It does nothing until Run or Once.
func New(o Options) *Attester {
	if o.Every == 0 {
		o.Every = DefaultEvery
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Witnesses = slices.DeleteFunc(slices.Clone(o.Witnesses), func(w ledger.Witness) bool { return w.URL == "" })
	return &Attester{o: o, wake: make(chan struct{}, 1)}
}

// Nobody reports whether there is nobody to ask.
func (a *Attester) Nobody() bool { return len(a.o.Authorities)+len(a.o.Witnesses) == 0 }

// Published tells that there is a newer checkpoint. It never waits.
func (a *Attester) Published() {
	select {
	case a.wake <- struct{}{}:
	default: // it has been told already
	}
}

// Run works in rounds until ctx ends. What fails is told to the log of the program, kept in the status, and tried again.
func (a *Attester) Run(ctx context.Context) {
	if a.Nobody() {
		return
	}
	for {
		pause, err := a.step(ctx, false)
		if err != nil && ctx.Err() == nil {
			a.o.Logger.ErrorContext(ctx, "asking others to vouch for the log", "error", err)
			pause = look
		}
		timer := time.NewTimer(min(max(pause, time.Second), look))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-a.wake:
			timer.Stop()
		}
	}
}

// Once begins a round about the newest checkpoint now, whatever the interval says, asks everybody who has not vouched for
// it yet, and answers how it went. ErrNotFound when there is no log.
func (a *Attester) Once(ctx context.Context) (Status, error) {
	if _, err := a.step(ctx, true); err != nil {
		return Status{}, err
	}
	return ReadStatus(a.o.Log)
}

// step does what is due, and answers when something will be.
func (a *Attester) step(ctx context.Context, now bool) (pause time.Duration, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s, err := ReadStatus(a.o.Log)
	if err != nil {
		return 0, err
	}
	signed, err := a.o.Log.Checkpoint()
	if errors.Is(err, contrechamp.ErrNotFound) && !now {
		return look, nil
	}
	if err != nil {
		return 0, err
	}
	keys, err := a.o.Log.Keys()
	if err != nil {
		return 0, err
	}
	newest, err := ledger.ParseCheckpoint(signed, keys...)
	if err != nil {
		return 0, err
	}
	if newest.Size == 0 {
		return look, nil
	}
	clock := a.o.Now()
	if newest.Size != s.Size && (now || !clock.Before(s.Started.Add(a.o.Every)) || clock.Before(s.Started)) {
		if err := begin(a.o.Log, newest.Size, signed); err != nil {
			return 0, err
		}
		s.Size, s.Started = newest.Size, clock
		if err := s.write(a.o.Log); err != nil {
			return 0, err
		}
	}
	if s.Size == 0 {
		return look, nil
	}
	round, err := load(a.o.Log, s.Size)
	if errors.Is(err, contrechamp.ErrNotFound) { // somebody took the folder away: a round begins anew
		a.o.Logger.WarnContext(ctx, "what others said of the log is gone", "size", s.Size)
		return look, Status{Parties: map[string]Party{}}.write(a.o.Log)
	}
	if err != nil {
		return 0, err
	}
	if err := a.ask(ctx, &s, round, now); err != nil {
		return 0, err
	}
	return a.due(s).Sub(clock), nil
}

// due is when somebody is to be asked again.
func (a *Attester) due(s Status) time.Time {
	next := s.Started.Add(a.o.Every)
	for _, p := range s.Parties {
		if p.Failed != "" && p.Next.Before(next) {
			next = p.Next
		}
	}
	return next
}

// answer is what came of asking one.
type answer struct {
	name string
	at   time.Time
	keep func() error
	err  error
}

// ask asks everybody who has not vouched for the round's checkpoint, at the same time, and records what came of it.
func (a *Attester) ask(ctx context.Context, s *Status, round Kept, now bool) error {
	answers := make(chan answer)
	asked := 0
	begin := func(name string, do func(ctx context.Context) answer) {
		p := s.Parties[name]
		if p.Size == round.Size && p.Failed == "" || !now && p.Failed != "" && a.o.Now().Before(p.Next) {
			return
		}
		asked++
		go func() {
			limited, cancel := context.WithTimeout(ctx, askTimeout)
			defer cancel()
			x := do(limited)
			x.name = name
			answers <- x
		}()
	}
	for _, x := range a.o.Authorities {
		begin("authority "+x.Name, func(ctx context.Context) answer {
			response, token, err := x.ask(ctx, a.o.HTTP, contrechamp.Sum(round.Signed))
			return answer{at: token.Time, err: err, keep: func() error { return keepStamp(a.o.Log, round.Size, x.Name, response) }}
		})
	}
	for _, w := range a.o.Witnesses {
		old := s.Parties["witness "+w.Name].Size
		begin("witness "+w.Name, func(ctx context.Context) answer {
			client := witness.Client{URL: w.URL, Key: w.Key, HTTP: a.o.HTTP}
			c, err := client.Cosign(ctx, round.Signed, old, a.prove(round))
			return answer{at: c.At, err: err, keep: func() error { return keepCosignature(a.o.Log, round.Size, c.Line) }}
		})
	}
	if asked == 0 {
		return nil
	}
	for range asked {
		x := <-answers
		if x.err == nil {
			x.err = x.keep()
		}
		s.Parties[x.name] = a.record(ctx, s.Parties[x.name], round.Size, x)
	}
	if err := ctx.Err(); err != nil {
		return err // being stopped is nobody's failure
	}
	return s.write(a.o.Log)
}

// record notes how it went with one.
func (a *Attester) record(ctx context.Context, p Party, size int64, x answer) Party {
	if x.err == nil {
		a.o.Logger.InfoContext(ctx, "vouched for the log", "by", x.name, "size", size, "at", x.at)
		return Party{Size: size, At: x.at.UTC()}
	}
	p.Failed, p.Tries = x.err.Error(), p.Tries+1
	pause := min(firstPause<<min(p.Tries-1, 20), longestPause)
	pause += time.Duration(rand.Int64N(int64(pause / 4))) // so that many registers do not come back together
	p.Next = a.o.Now().Add(pause).UTC()
	level := slog.LevelWarn
	if errors.Is(x.err, contrechamp.ErrConflict) {
		level = slog.LevelError // a witness has seen another list: either it or this register is not what it was
	}
	if ctx.Err() == nil {
		a.o.Logger.Log(ctx, level, "not vouched for the log", "by", x.name, "error", x.err, "tries", p.Tries, "next", p.Next)
	}
	return p
}

// prove answers consistency proofs for a witness.
func (a *Attester) prove(round Kept) witness.Prove {
	return func(_ context.Context, old, size int64) (witness.Proof, error) {
		keys, err := a.o.Log.Keys()
		if err != nil {
			return nil, err
		}
		point, err := ledger.ParseCheckpoint(round.Signed, keys...)
		if err != nil {
			return nil, err
		}
		if point.Size != size {
			return nil, fmt.Errorf("prove consistency up to %d: the round is about %d: %w", size, point.Size, contrechamp.ErrInvalid)
		}
		return a.o.Log.ProveConsistency(point.Tree(), old)
	}
}
