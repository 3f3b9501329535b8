package fetch

import (
	"context"
	"crypto/x509"
	"math/rand/v2"
	"sync"
	"time"
)

// Fetcher receives pages. Its zero value works, with the limits of DefaultLimits; it is safe for concurrent use, and
// remembers hosts (their robots.txt, and when they were last asked) for as long as it lives.
type Fetcher struct {
	UserAgent    string         // identifies the program; see UserAgent
	Resolver     Resolver       // nil is the system's
	Roots        *x509.CertPool // nil is the system's
	AllowPrivate bool           // this machine and its networks may be met
	IgnoreRobots bool
	Limits       Limits // zero fields are those of DefaultLimits

	Now   func() time.Time                                 // nil is time.Now
	Sleep func(ctx context.Context, d time.Duration) error // nil waits

	mu    sync.Mutex
	hosts map[string]*host
}

// Limits are what a visit may take.
type Limits struct {
	Connect time.Duration // to resolve, to connect and to agree on TLS, each
	Head    time.Duration // from the request to the end of the answer's head
	Idle    time.Duration // without a byte
	Whole   time.Duration // one exchange
	Visit   time.Duration // a page with all that belongs to it; what was not fetched by then is left out
	Wait    time.Duration // that a server may ask for (Retry-After)
	Delay   time.Duration // between two requests to a host; negative is none. robots.txt may ask for more
	Crawl   time.Duration // the longest delay that robots.txt is granted

	HeadBytes      int64 // of an answer's head
	Bytes          int64 // of an answer, and of the document in it
	Requisites     int   // images, styles and fonts of a page; negative is none
	RequisiteBytes int64 // all of them
	Redirects      int
	Tries          int // of one request
}

// DefaultLimits suit a server that is slow and a line that is bad.
var DefaultLimits = Limits{
	Connect: 10 * time.Second, Head: 30 * time.Second, Idle: 30 * time.Second, Whole: 5 * time.Minute, Visit: 10 * time.Minute,
	Wait: 2 * time.Minute, Delay: time.Second, Crawl: 30 * time.Second,
	HeadBytes: 256 << 10, Bytes: 256 << 20, Requisites: 100, RequisiteBytes: 64 << 20, Redirects: 10, Tries: 3,
}

func (f *Fetcher) limits() Limits {
	l, d := f.Limits, DefaultLimits
	for _, x := range []struct{ set, otherwise *time.Duration }{
		{&l.Connect, &d.Connect}, {&l.Head, &d.Head}, {&l.Idle, &d.Idle}, {&l.Whole, &d.Whole}, {&l.Visit, &d.Visit},
		{&l.Wait, &d.Wait}, {&l.Delay, &d.Delay}, {&l.Crawl, &d.Crawl},
	} {
		if *x.set == 0 {
			*x.set = *x.otherwise
		}
	}
	for _, x := range []struct{ set, otherwise *int64 }{{&l.HeadBytes, &d.HeadBytes}, {&l.Bytes, &d.Bytes}, {&l.RequisiteBytes, &d.RequisiteBytes}} {
		if *x.set == 0 {
			*x.set = *x.otherwise
		}
	}
	for _, x := range []struct{ set, otherwise *int }{{&l.Requisites, &d.Requisites}, {&l.Redirects, &d.Redirects}, {&l.Tries, &d.Tries}} {
		if *x.set == 0 {
			*x.set = *x.otherwise
		}
	}
	return l
}

// Home is where a server's keeper can read who fetches.
const Home = "https://contrechamp.org/"

// UserAgent is how the program names itself: its version, where it is explained, and who runs it where that is said.
func UserAgent(version, contact string) string {
	s := "Contrechamp/" + version + " (+" + Home
	if contact != "" {
		s += "; " + contact
	}
	return s + ")"
}

// robotsName is the name by which robots.txt may speak to the program.
const robotsName = "Contrechamp"

func (f *Fetcher) now() time.Time {
	if f.Now != nil {
		return f.Now().UTC()
	}
	return time.Now().UTC()
}

func (f *Fetcher) sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	if f.Sleep != nil {
		return f.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// jitter spreads a time by half of it to either side, so that clients that failed together do not come back together.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d+1) }
