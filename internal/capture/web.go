package capture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/capture/render"
)

// Web is what capturing addresses needs. Fetcher and Addresses must be set.
type Web struct {
	Fetcher   *fetch.Fetcher
	Addresses contrechamp.Addresses // what was captured before
	Software  string                // as WARC records name the program: "Contrechamp/1.0"
	Operator  string                // who runs it; may be empty
	Renderer  Renderer              // shows pages in a browser too; nil does not

	rendering sync.Mutex // one page at a time: a browser takes what memory there is
}

// Renderer shows a page in a browser. [render.Browser] is one.
type Renderer interface {
	Render(ctx context.Context, address string) (*render.Page, error)
}

// hostsAtOnce is how many hosts are asked at once, each by one visitor.
const hostsAtOnce = 8

// maxRecords is a bound on the WARC records of one visit; the limits of package fetch are far below it.
const maxRecords = 1 << 40

// apart tells addresses from paths.
func apart(paths []string) (addresses, others []string) {
	for _, p := range paths {
		if fetch.IsAddress(p) {
			addresses = append(addresses, p)
		} else {
			others = append(others, p)
		}
	}
	return addresses, others
}

// fetch captures what addresses hold: one after another on each host, hosts beside each other.
func (c *Capturer) fetch(ctx context.Context, addresses []string, emit func(received) error) error {
	var hosts []string
	byHost := map[string][]*url.URL{}
	for _, a := range addresses {
		u, err := fetch.Parse(a)
		if err == nil && c.Web == nil {
			err = fmt.Errorf("addresses are not fetched here: %w", contrechamp.ErrInvalid)
		}
		if err != nil {
			if err := emit(received{outcome: Outcome{Path: fetch.Shown(a), Err: err}}); err != nil {
				return err
			}
			continue
		}
		if byHost[u.Host] == nil {
			hosts = append(hosts, u.Host)
		}
		byHost[u.Host] = append(byHost[u.Host], u)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hostsAtOnce)
	for _, host := range hosts {
		group.Go(func() error {
			for _, u := range byHost[host] {
				if err := c.visit(ctx, u, emit); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// visit captures what one address holds.
func (c *Capturer) visit(ctx context.Context, u *url.URL, emit func(received) error) error {
	at := u.String()
	earlier, err := c.Web.Addresses.SightingsAt(ctx, at)
	if err != nil {
		return fmt.Errorf("what was captured at %s: %w", at, err)
	}
	v, err := c.Web.Fetcher.Visit(ctx, u)
	if err != nil {
		return err
	}
	defer v.Close()
	absence := absenceOf(v, earlier)
	failed := func(err error) error {
		return emit(received{outcome: Outcome{Path: at, Err: err, Absence: absence}})
	}
	if v.Err != nil && absence == nil {
		return failed(v.Err)
	}
	if absence == nil {
		refused, err := c.refusedVisit(ctx, v)
		if err != nil {
			return err
		}
		if refused != nil {
			return failed(refused)
		}
	}
	recorder := fetch.Recorder{Software: c.Web.Software, Operator: c.Web.Operator, Robots: "obey", Known: c.known(ctx, earlier)}
	if c.Web.Fetcher.IgnoreRobots {
		recorder.Robots = "ignore"
	}
	var shown []archive.WARCRecord
	var unshown error
	if absence == nil && c.Web.Renderer != nil && v.Page.IsHTML() {
		if shown, unshown = c.render(ctx, v); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	records, length, err := c.keepRecords(ctx, recorder, v, shown)
	if err != nil {
		return fmt.Errorf("keep the records of %s: %w", at, err)
	}
	if absence != nil {
		absence.Records, absence.Length = records, length
		if err := c.Web.Addresses.RecordAbsence(ctx, *absence); err != nil {
			return err
		}
		if c.Cover != nil {
			if err := c.Cover(ctx); err != nil {
				return fmt.Errorf("log that nothing is at %s: %w", at, err)
			}
		}
		if v.Err == nil {
			v.Err = fmt.Errorf("the page is not there: the address leads to %s instead: %w", absence.Final, contrechamp.ErrNotFound)
		}
		return failed(v.Err)
	}
	content, err := v.Page.Content()
	if err != nil {
		return errors.Join(c.forget(ctx, records), failed(err))
	}
	came := &arrival{visit: v, records: records, earlier: earlier, unshown: unshown}
	came.in = &unpacking{r: content, sent: v.Page.Response.Size() - v.Page.Head, left: c.limit(), truncated: contrechamp.Truncated(v.Page.Truncated)}
	record, err := c.keep(ctx, document{path: at, name: fetch.Name(u), modified: lastModified(v.Page), in: came.in, web: came}, emit)
	if record == nil && err == nil { // there was no document in what was sent, and that was said
		return c.forget(ctx, records)
	}
	return err
}

// refusedVisit answers why a page must not be kept, nor the records of the visit, which hold its bytes; nil when it may be.
func (c *Capturer) refusedVisit(ctx context.Context, v *fetch.Visit) (refused, failed error) {
	content, err := v.Page.Content()
	if err != nil {
		return nil, nil // told where it is kept
	}
	in := &unpacking{r: content, sent: v.Page.Response.Size() - v.Page.Head, left: c.limit(), truncated: contrechamp.Truncated(v.Page.Truncated)}
	d, err := digestOf(in)
	if err != nil {
		return nil, nil // likewise
	}
	withheld, err := c.isWithheld(ctx, d)
	if err != nil || !withheld {
		return nil, err
	}
	return c.refusal(ctx, d, contrechamp.Digest{})
}

// forget removes the records of a visit that brought nothing, so that no bytes rest without a row that knows them.
func (c *Capturer) forget(ctx context.Context, records contrechamp.Digest) error {
	if err := c.Blobs.Delete(ctx, records); err != nil {
		return fmt.Errorf("remove the records of a visit that brought nothing: %w", err)
	}
	return nil
}

// keepRecords keeps the WARC records of a visit as bytes of their own.
func (c *Capturer) keepRecords(ctx context.Context, recorder fetch.Recorder, v *fetch.Visit, more []archive.WARCRecord) (contrechamp.Digest, int64, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(recorder.Write(w, v, more...)) }()
	d, n, err := c.Blobs.Put(ctx, r, maxRecords)
	r.Close() // lets the writer end where Put did
	return d, n, err
}

// render shows the page in a browser and answers the records of what it made: its picture and its document after scripts
// have run, under the names that Webrecorder's tools give such records, and what the browser was and was refused. Where
// that fails, the visit says so, and the page is captured all the same.
func (c *Capturer) render(ctx context.Context, v *fetch.Visit) ([]archive.WARCRecord, error) {
	at := v.Page.Address.String()
	c.Web.rendering.Lock()
	defer c.Web.rendering.Unlock()
	page, err := c.Web.Renderer.Render(ctx, at)
	if err != nil {
		v.LeftOut = append(v.LeftOut, fetch.LeftOut{Address: at, Reason: "not rendered: " + err.Error()})
		return nil, err
	}
	about := [][2]string{{"renderer", page.Browser}, {"description", "picture and document after scripts; made by a browser on this machine, not sent by the server"}}
	for _, r := range page.Refused {
		about = append(about, [2]string{"refused", r})
	}
	record := func(kind, mediaType string, block *io.SectionReader) archive.WARCRecord {
		return archive.WARCRecord{Type: archive.TypeResource, Date: page.At, TargetURI: "urn:" + kind + ":" + at, ContentType: mediaType, Block: block}
	}
	info := record("pageinfo", archive.FieldsType, archive.Fields(about...))
	info.Type = archive.TypeMetadata
	return []archive.WARCRecord{record("view", "image/png", archive.Block(page.Picture)), record("dom", "text/html; charset=utf-8", archive.Block(page.DOM)), info}, nil
}

// absenceOf tells whether a visit found that a document which was captured at its address is not there; nil if not.
func absenceOf(v *fetch.Visit, earlier []contrechamp.Sighting) *contrechamp.Absence {
	if len(earlier) == 0 {
		return nil
	}
	a := &contrechamp.Absence{Address: v.Address.String(), At: v.Failed}
	if v.Page != nil {
		a.At, a.Status, a.Final = v.Page.Ended, v.Page.Status, v.Page.Address.String()
	}
	a.At = a.At.Truncate(time.Microsecond)
	switch {
	case errors.Is(v.Err, fetch.ErrNoName) && v.Page == nil:
		a.Kind = contrechamp.NoHost
	case v.Page == nil:
		return nil
	case v.Page.Status == http.StatusNotFound, v.Page.Status == http.StatusGone:
		a.Kind = contrechamp.Gone
	case v.Page.Status == http.StatusUnavailableForLegalReasons:
		a.Kind = contrechamp.Barred
	case v.Err == nil && a.Final != a.Address && fetch.IsHome(v.Page.Address) && !fetch.IsHome(v.Address) &&
		!slices.ContainsFunc(earlier, func(s contrechamp.Sighting) bool { return s.Exchange.Final == a.Final }):
		a.Kind = contrechamp.Redirected
	default:
		return nil
	}
	return a
}

// known answers what the latest visit recorded, so that it need not be recorded again. Where its records cannot be had,
// everything is: they are told of by who verifies the store.
func (c *Capturer) known(ctx context.Context, earlier []contrechamp.Sighting) func(string, contrechamp.Digest) (fetch.Earlier, bool) {
	if len(earlier) == 0 {
		return nil
	}
	type answer struct{ address, payload string }
	had := map[answer]fetch.Earlier{}
	file, err := c.Blobs.Get(ctx, earlier[len(earlier)-1].Exchange.Records)
	if err != nil {
		return nil
	}
	err = archive.Records(file, func(r archive.Record) error {
		e := fetch.Earlier{Address: r.TargetURI, Date: r.Date}
		switch {
		case r.Type == archive.TypeRevisit:
			var err error
			e.Address = r.Head.Get("WARC-Refers-To-Target-URI")
			if e.Date, err = time.Parse(time.RFC3339, r.Head.Get("WARC-Refers-To-Date")); err != nil {
				return nil // not one of ours
			}
		case r.Type != archive.TypeResponse, r.Head.Get("WARC-Truncated") != "":
			return nil
		}
		had[answer{r.TargetURI, r.Head.Get("WARC-Payload-Digest")}] = e
		return nil
	}, nil)
	if err != nil {
		return nil
	}
	return func(address string, payload contrechamp.Digest) (fetch.Earlier, bool) {
		e, ok := had[answer{address, archive.DigestField(payload)}]
		return e, ok
	}
}

func lastModified(x *fetch.Exchange) time.Time {
	t, err := http.ParseTime(x.Header.Get("Last-Modified"))
	if err != nil {
		return time.Time{} // not said, or not so that it can be understood
	}
	return t.UTC()
}

// arrival is how a document came from an address.
type arrival struct {
	visit   *fetch.Visit
	records contrechamp.Digest
	earlier []contrechamp.Sighting
	in      *unpacking
	unshown error // why there is no picture of it, where one was asked for
}

// tell writes down how the document came. Its bytes have been read by then.
func (a *arrival) tell(r *contrechamp.Received, o *Outcome) {
	x := a.visit.Page
	s := &r.Sighting
	s.Exchange = contrechamp.Exchange{Records: a.records, Status: x.Status, Final: x.Address.String(), MediaType: x.MediaType(), Truncated: a.in.truncated}
	s.CapturedAt = x.Ended.Truncate(time.Microsecond)
	r.Capture.CapturedAt = s.CapturedAt
	o.Exchange, o.Unshown = s.Exchange, a.unshown
	for _, e := range slices.Backward(a.earlier) {
		if e.Capture != s.Capture {
			o.Changed = e.CapturedAt
			break
		}
		o.Same = e.CapturedAt
	}
	if !o.Same.IsZero() {
		o.Changed = time.Time{}
	}
}

// unpacking reads a document out of an answer, as far as it goes and up to a limit, and notes why it ends early.
type unpacking struct {
	r         io.Reader
	sent      int64 // how long it was on the line
	left      int64
	out       int64
	truncated contrechamp.Truncated
}

func (u *unpacking) Read(p []byte) (int, error) {
	if u.left <= 0 {
		var one [1]byte
		if n, _ := u.r.Read(one[:]); n > 0 && u.truncated == "" {
			u.truncated = contrechamp.TruncatedLength
		}
		return 0, io.EOF
	}
	if int64(len(p)) > u.left {
		p = p[:u.left]
	}
	n, err := u.r.Read(p)
	u.out += int64(n)
	u.left -= int64(n)
	switch {
	case u.out > archive.RatioFrom && u.out/archive.DefaultLimits.Ratio > u.sent:
		return 0, fmt.Errorf("the page unpacks to more than %d times what was sent: it may have been made to fill disks: %w", archive.DefaultLimits.Ratio, archive.ErrRatio)
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	case u.out == 0:
		return 0, fmt.Errorf("nothing of what was sent can be unpacked: %w", contrechamp.ErrInvalid)
	case u.truncated == "":
		u.truncated = contrechamp.TruncatedUnspecified
	}
	return n, io.EOF
}
