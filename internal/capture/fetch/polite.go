package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"contrechamp.org/contrechamp"
)

// host is a server as its visitor remembers it.
type host struct {
	turn   chan struct{} // held by whoever asks it: one at a time
	last   time.Time     // when it was last asked; of the holder of turn
	robots sync.Mutex    // held while robots.txt is fetched
	rules  *robotstxt.Group
	asked  bool
}

func (f *Fetcher) host(u *url.URL) *host {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hosts == nil {
		f.hosts = map[string]*host{}
	}
	key := u.Scheme + "://" + u.Host
	h := f.hosts[key]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1)}
		f.hosts[key] = h
	}
	return h
}

// ask asks a server when it is its turn, and asks again, later each time, where the answer was "not now" or none. Each
// answer that came is handed to keep; the last one is answered too. once asks once.
func (f *Fetcher) ask(ctx context.Context, u *url.URL, want wish, once bool, keep func(*Exchange)) (*Exchange, error) {
	limits := f.limits()
	h := f.host(u)
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for try := 1; ; try++ {
		if !h.last.IsZero() {
			if err := f.sleep(ctx, h.last.Add(f.delay(h, want)).Sub(f.now())); err != nil {
				return nil, err
			}
		}
		x, err := f.exchange(ctx, u, string(want))
		h.last = f.now()
		if ctx.Err() != nil && err != nil {
			return nil, err
		}
		pause := jitter(time.Second << (try - 1))
		if err == nil {
			keep(x)
			if x.Status != http.StatusTooManyRequests && x.Status != http.StatusServiceUnavailable {
				return x, nil
			}
			if wait, ok := retryAfter(x.Header.Get("Retry-After"), f.now()); ok {
				if wait > limits.Wait {
					return x, nil // its reader says when to come back
				}
				pause = max(pause, wait)
			}
		} else if !errors.Is(err, contrechamp.ErrUnavailable) {
			return nil, err
		}
		if try >= limits.Tries || once {
			return x, err
		}
		if err := f.sleep(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// wish is what is asked for, as the field Accept says it.
type wish string

const (
	page      wish = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
	requisite wish = "text/css,image/*,font/*,*/*;q=0.1"
	rules     wish = "text/plain,*/*;q=0.1"
)

// delay is how long a host is left alone between two requests. What belongs to a page is asked for four times as fast as
// pages, where a browser would ask for all of it at once; not where robots.txt asks for patience.
func (f *Fetcher) delay(h *host, want wish) time.Duration {
	limits := f.limits()
	d := limits.Delay
	if want == requisite {
		d /= 4
	}
	if h.rules != nil && !f.IgnoreRobots {
		d = max(d, min(h.rules.CrawlDelay, limits.Crawl))
	}
	return d
}

// retryAfter reads the field Retry-After: seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(s string, now time.Time) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseUint(s, 10, 31); err == nil {
		return time.Duration(n) * time.Second, true
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(now)), true
	}
	return 0, false
}

// ErrRobots: the server's robots.txt asks that the page not be fetched by programs.
var ErrRobots = fmt.Errorf("robots.txt says no: %w", contrechamp.ErrInvalid)

// maxRobots is how much of a robots.txt is read; RFC 9309 wants at least 500 KiB.
const maxRobots = 512 << 10

// welcome answers ErrRobots where robots.txt asks that u not be fetched. A robots.txt that is not there allows all, and
// one that the server fails to give allows nothing (RFC 9309, sections 2.3.1.3 and 2.3.1.4).
func (f *Fetcher) welcome(ctx context.Context, u *url.URL, once bool, keep func(*Exchange)) error {
	if f.IgnoreRobots {
		return nil
	}
	h := f.host(u)
	h.robots.Lock()
	defer h.robots.Unlock()
	if !h.asked {
		status, body, err := f.robots(ctx, u, once, keep)
		if err != nil {
			return err // not remembered: the next page asks again
		}
		data, err := robotstxt.FromStatusAndBytes(status, body)
		if err != nil || status >= 500 {
			return contrechamp.WithHint(refuse(ErrRobots, "the robots.txt of %s cannot be had (status %d)", u.Host, status), "try again later, or add --ignore-robots")
		}
		h.rules, h.asked = data.FindGroup(robotsName), true
	}
	if !h.rules.Test(u.RequestURI()) {
		return contrechamp.WithHint(refuse(ErrRobots, "the robots.txt of %s asks programs not to fetch this page", u.Host),
			"where there is a right to fetch it all the same: --ignore-robots")
	}
	return nil
}

// robots fetches a host's robots.txt, through up to five redirects.
func (f *Fetcher) robots(ctx context.Context, u *url.URL, once bool, keep func(*Exchange)) (status int, body []byte, err error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	const most = 5 // RFC 9309, section 2.3.1.2
	for range most + 1 {
		x, err := f.ask(ctx, at, rules, once, keep)
		if err != nil {
			return 0, nil, err
		}
		to, err := x.redirect()
		if err != nil {
			return http.StatusNotFound, nil, nil // leads to what is not fetched: as if there were none
		}
		if to == nil {
			in, err := x.Content()
			if err != nil {
				return x.Status, nil, nil
			}
			body, _ := io.ReadAll(io.LimitReader(in, maxRobots)) // as far as it goes
			return x.Status, body, nil
		}
		at = to
	}
	return http.StatusNotFound, nil, nil
}

// redirect answers where an answer leads; nil where it is none.
func (x *Exchange) redirect() (*url.URL, error) {
	switch x.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	location := x.Header.Get("Location")
	if location == "" {
		return nil, nil
	}
	to, err := x.Address.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("%s leads on to an address that cannot be understood: %w", x.Address.Host, contrechamp.ErrInvalid)
	}
	to, err = normal(to)
	if err != nil {
		return nil, fmt.Errorf("%s leads on to an address that is not fetched: %w", x.Address.Host, err)
	}
	return to, nil
}
