package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"contrechamp.org/contrechamp"
)

// Visit is what came of fetching one address. Close it.
type Visit struct {
	Address   *url.URL
	Exchanges []*Exchange // in their order: robots.txt, redirects, what was asked again, the page, what belongs to it
	Page      *Exchange   // the last answer to the address and where it led; nil where none came
	LeftOut   []LeftOut
	Err       error     // why there is no document
	Failed    time.Time // when that was known
}

// LeftOut is something of the page that was not fetched.
type LeftOut struct{ Address, Reason string }

// Close lets the bytes go.
func (v *Visit) Close() {
	for _, x := range v.Exchanges {
		x.Close()
	}
}

func (v *Visit) keep(x *Exchange) { v.Exchanges = append(v.Exchanges, x) }

// Visit fetches the page at an address, follows where it leads, and fetches what the page is dressed with. Why there is
// no document is in the visit; an error is answered only where ctx has ended.
func (f *Fetcher) Visit(ctx context.Context, u *url.URL) (*Visit, error) {
	v := &Visit{Address: u}
	inner, stop := context.WithTimeout(ctx, f.limits().Visit)
	defer stop()
	v.Err = f.page(inner, v)
	if v.Err == nil {
		f.dress(inner, v)
	} else {
		v.Failed = f.now()
	}
	if err := ctx.Err(); err != nil {
		v.Close()
		return nil, err
	}
	if errors.Is(v.Err, context.DeadlineExceeded) {
		v.Err = fmt.Errorf("%s did not give the page in time: %w", u.Host, contrechamp.ErrUnavailable)
	}
	return v, nil
}

// page fetches the page itself.
func (f *Fetcher) page(ctx context.Context, v *Visit) error {
	seen := map[string]bool{}
	at := v.Address
	for {
		if seen[at.String()] {
			return fmt.Errorf("the redirects of %s lead in a circle: %w", v.Address.Host, contrechamp.ErrInvalid)
		}
		if seen[at.String()] = true; len(seen) > f.limits().Redirects+1 {
			return fmt.Errorf("%s leads on more than %d times: %w", v.Address.Host, f.limits().Redirects, contrechamp.ErrInvalid)
		}
		if err := f.welcome(ctx, at, false, v.keep); err != nil {
			return err
		}
		x, err := f.ask(ctx, at, page, false, v.keep)
		if x != nil {
			v.Page = x
		}
		if err != nil {
			return err
		}
		to, err := x.redirect()
		if err != nil {
			return err
		}
		if to == nil {
			return x.failure()
		}
		at = to
	}
}

// failure says why an answer is no document; nil where it is one.
func (x *Exchange) failure() error {
	host := x.Address.Host
	switch {
	case x.Status == http.StatusNoContent || x.Status == http.StatusResetContent:
		return fmt.Errorf("%s answers that there is no document (%d): %w", host, x.Status, contrechamp.ErrInvalid)
	case x.Status >= 200 && x.Status < 300:
		return nil
	case x.Status == http.StatusNotFound || x.Status == http.StatusGone:
		return fmt.Errorf("the page is not there: %s answered %d: %w", host, x.Status, contrechamp.ErrNotFound)
	case x.Status == http.StatusUnavailableForLegalReasons:
		return fmt.Errorf("the page is kept back for legal reasons: %s answered 451: %w", host, contrechamp.ErrNotFound)
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return fmt.Errorf("%s does not show the page to programs, or not without an account (%d): %w", host, x.Status, contrechamp.ErrInvalid)
	case x.Status == http.StatusTooManyRequests || x.Status == http.StatusServiceUnavailable:
		when := "later"
		if after := x.Header.Get("Retry-After"); after != "" {
			when = "after " + clip(oneLine(after), 40)
			if wait, ok := retryAfter(after, x.Ended); ok {
				when = "after " + wait.Round(time.Second).String()
			}
		}
		return contrechamp.WithHint(fmt.Errorf("%s answers that it has no time now (%d): %w", host, x.Status, contrechamp.ErrUnavailable), "try again "+when)
	}
	return fmt.Errorf("%s answered %d: %w", host, x.Status, contrechamp.ErrUnavailable)
}
