package webarchive

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
)

// Source is what is asked of the store.
type Source interface {
	Document(ctx context.Context, d contrechamp.Digest) (contrechamp.Document, error)
	Sightings(ctx context.Context, d contrechamp.Digest) ([]contrechamp.Sighting, error)
	contrechamp.Addresses
}

// Exporter writes web archives. From and Blobs must be set.
type Exporter struct {
	From     Source
	Blobs    contrechamp.Blobs
	Software string           // as the files name the program: "Contrechamp/1.0"
	Title    string           // of a WACZ; may be empty
	Now      func() time.Time // nil is time.Now
	Step     func()           // called for each document that is done; may be nil
}

// Report says what was written.
type Report struct {
	Documents int       `json:"documents"`
	Visits    int       `json:"visits"` // of addresses, with their WARC records
	Files     int       `json:"files"`  // documents that were files
	LeftOut   []LeftOut `json:"left_out"`
}

// LeftOut is a document that was not written.
type LeftOut struct {
	Document contrechamp.Digest `json:"document"`
	Name     string             `json:"name"`
	Reason   string             `json:"reason"`
}

// part is a WARC file of its own: the records of a visit, or of a document that was a file.
type part struct {
	name string // without folders
	file []byte
	refs []reference // to records of other parts
	has  []reference
	cdx  []entry
}

// reference names a record as a revisit does.
type reference struct {
	address string
	date    int64 // microseconds
}

// page is a document as a reader of the archive would choose it.
type page struct {
	id, address, title string
	at                 time.Time
	size               int64
}

// collecting gathers the parts of an export and hands each on when it is complete.
type collecting struct {
	*Exporter
	emit    func(part) error
	report  Report
	pages   []page
	done    map[contrechamp.Digest]bool // visits and files
	has     map[reference]bool
	wanting map[reference]string // revisits whose record was not met yet -> the visited address
}

// collect hands on every part of the documents, and answers their pages.
func (e *Exporter) collect(ctx context.Context, documents []contrechamp.Digest, emit func(part) error) (*collecting, error) {
	c := &collecting{Exporter: e, emit: emit, done: map[contrechamp.Digest]bool{}, has: map[reference]bool{}, wanting: map[reference]string{}}
	c.report.LeftOut = []LeftOut{}
	for _, d := range documents {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := c.document(ctx, d); err != nil {
			return nil, err
		}
		if e.Step != nil {
			e.Step()
		}
	}
	return c, c.complete(ctx)
}

// document writes one document: the visits that brought it and those that found it gone, or its bytes.
func (c *collecting) document(ctx context.Context, d contrechamp.Digest) error {
	doc, err := c.From.Document(ctx, d)
	if err != nil {
		return fmt.Errorf("export %s: %w", d.Short(), err)
	}
	switch doc.State {
	case contrechamp.StateWithheld:
		c.report.LeftOut = append(c.report.LeftOut, LeftOut{d, doc.Label(), doc.Reason})
		return nil
	case contrechamp.StateAwaiting:
		c.report.LeftOut = append(c.report.LeftOut, LeftOut{d, doc.Label(), "nobody has looked at it yet"})
		return nil
	}
	bytes, err := c.Blobs.Get(ctx, d)
	switch {
	case errors.Is(err, contrechamp.ErrWithheld):
		c.report.LeftOut = append(c.report.LeftOut, LeftOut{d, doc.Name, "it is withheld"})
		return nil
	case err != nil:
		return fmt.Errorf("export %s: %w", d.Short(), err)
	}
	sightings, err := c.From.Sightings(ctx, d)
	if err != nil {
		return fmt.Errorf("export %s: %w", d.Short(), err)
	}
	c.report.Documents++
	fetched := slices.DeleteFunc(slices.Clone(sightings), func(s contrechamp.Sighting) bool { return s.Exchange.IsZero() })
	if len(fetched) == 0 {
		return c.file(doc, sightings, bytes)
	}
	for _, s := range fetched {
		if err := c.visit(ctx, s.Exchange.Records, s.Path); err != nil {
			return err
		}
		c.pages = append(c.pages, page{s.Exchange.Records.Short(), s.Path, doc.Label(), s.CapturedAt, doc.Length})
	}
	absences, err := c.From.AbsencesOf(ctx, []contrechamp.Digest{d})
	if err != nil {
		return fmt.Errorf("export %s: %w", d.Short(), err)
	}
	for _, a := range absences[d] {
		if err := c.visit(ctx, a.Records, a.Address); err != nil {
			return err
		}
	}
	return nil
}

// visit writes the records of a visit, once.
func (c *collecting) visit(ctx context.Context, records contrechamp.Digest, address string) error {
	if c.done[records] {
		return nil
	}
	c.done[records] = true
	file, err := c.Blobs.Get(ctx, records)
	if err != nil {
		return fmt.Errorf("export the records of %s: %w", address, err)
	}
	p := part{name: records.String() + ".warc.gz", file: file}
	if err := p.index(); err != nil {
		return fmt.Errorf("export the records of %s: %w", address, err)
	}
	c.report.Visits++
	for _, r := range p.has {
		c.has[r] = true
		delete(c.wanting, r)
	}
	for _, r := range p.refs {
		if !c.has[r] {
			c.wanting[r] = address
		}
	}
	return c.emit(p)
}

// complete adds the visits that records refer to.
func (c *collecting) complete(ctx context.Context) error {
	for len(c.wanting) > 0 {
		var addresses []string
		for _, a := range c.wanting {
			addresses = append(addresses, a)
		}
		slices.Sort(addresses)
		added := false
		for _, a := range slices.Compact(addresses) {
			sightings, err := c.From.SightingsAt(ctx, a)
			if err != nil {
				return fmt.Errorf("earlier visits of %s: %w", a, err)
			}
			for _, s := range slices.Backward(sightings) {
				added = added || !c.done[s.Exchange.Records]
				err := c.visit(ctx, s.Exchange.Records, a)
				if errors.Is(err, contrechamp.ErrWithheld) {
					c.report.LeftOut = append(c.report.LeftOut, LeftOut{s.Capture, s.Name, "it is withheld"})
				} else if err != nil {
					return err
				}
			}
		}
		if !added {
			return nil // their records are nowhere: withheld, or the register is a part of one
		}
	}
	return nil
}

// file writes a document that was a file as a "resource" record (ISO 28500:2017, section 6.4).
func (c *collecting) file(doc contrechamp.Document, sightings []contrechamp.Sighting, bytes []byte) error {
	if c.done[doc.Digest] {
		return nil
	}
	c.done[doc.Digest] = true
	p := part{name: "document-" + doc.Digest.String() + ".warc.gz"}
	w := archive.NewWARCWriter(appendTo{&p.file})
	// the same document is the same file each time
	info, err := w.Write(archive.WARCRecord{Type: archive.TypeInfo, ID: archive.RecordIDOf("warcinfo " + doc.Digest.String()), Date: doc.CapturedAt, ContentType: archive.FieldsType, Block: archive.Fields(
		[2]string{"software", c.Software}, [2]string{"format", "WARC File Format 1.1"})})
	if err != nil {
		return err
	}
	// where the operator keeps files is nobody's business: a file's name, under its digest
	name := path.Base(doc.Name)
	at := (&url.URL{Scheme: "file", Path: "/" + doc.Digest.Short() + "/" + name}).String()
	digest := doc.Digest
	if _, err := w.Write(archive.WARCRecord{Type: archive.TypeResource, ID: archive.RecordIDOf("resource " + doc.Digest.String()), Date: doc.CapturedAt, TargetURI: at, ContentType: doc.MediaType, Warcinfo: info,
		Payload: &digest, Block: archive.Block(bytes)}); err != nil {
		return err
	}
	if err := p.index(); err != nil {
		return fmt.Errorf("export %s: %w", doc.Digest.Short(), err)
	}
	c.report.Files++
	c.pages = append(c.pages, page{doc.Digest.Short(), at, doc.Label(), doc.CapturedAt, doc.Length})
	return c.emit(p)
}

type appendTo struct{ to *[]byte }

func (a appendTo) Write(p []byte) (int, error) {
	*a.to = append(*a.to, p...)
	return len(p), nil
}
