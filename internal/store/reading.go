package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
)

const (
	upsertReading = `INSERT INTO reading (id, capture, reader, read_at, title, author, publisher, published, published_from, language, quality, notes, paragraphs, body, origin, layers)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET read_at = excluded.read_at, title = excluded.title, author = excluded.author,
		publisher = excluded.publisher, published = excluded.published, published_from = excluded.published_from,
		language = excluded.language, quality = excluded.quality, notes = excluded.notes, paragraphs = excluded.paragraphs, origin = excluded.origin, layers = excluded.layers`
	setRead       = `UPDATE capture SET state = 'read', reason = '', reading = $2 WHERE digest = $1`
	setNotRead    = `UPDATE capture SET state = 'not read', reason = $2 WHERE digest = $1`
	selectReading = `SELECT r.reader, r.read_at, r.title, r.author, r.publisher, r.published, r.published_from, r.language,
		r.quality, r.notes, r.paragraphs, r.origin, r.layers, r.body FROM reading r JOIN capture c ON c.reading = r.id WHERE c.digest = $1`
	// what of the newest text the index was made from
	selectIndexed = `SELECT c.digest, COALESCE(c.reading, ''), COALESCE(r.paragraphs, ''), COALESCE(r.published, ''), c.state
		FROM capture c LEFT JOIN reading r ON r.id = c.reading WHERE c.digest IN %s ORDER BY c.digest` // and lockRows
)

// SaveReading implements contrechamp.Texts. A reading with a Reason sets the capture's state and keeps what an
// earlier reading found.
func (s *Database) SaveReading(ctx context.Context, r contrechamp.Reading) error {
	p, err := prepare(r)
	if err != nil {
		return err
	}
	return s.saveReadings(ctx, []prepared{p})
}

// prepared is a reading with all that its rows will hold, worked out before the transaction: there is one at a time,
// and many who read.
type prepared struct {
	contrechamp.Reading
	id                        string // of the text
	paragraphs, notes, origin string
	layers                    string
	pieces                    pieces
	claims                    []string // their bodies
}

// prepare refuses what must never be kept, and works out the rest.
func prepare(r contrechamp.Reading) (prepared, error) {
	p := prepared{Reading: r}
	err := check(r)
	if err == nil && r.Reason == "" {
		err = p.pack()
	}
	if err != nil {
		return prepared{}, fmt.Errorf("%s: %w", savingOf(r), err)
	}
	return p, nil
}

func savingOf(r contrechamp.Reading) string { return "save the reading of " + r.Text.Capture.Short() }

func (p *prepared) pack() error {
	var err error
	text := p.Text
	if p.paragraphs, err = packParagraphs(text.Paragraphs); err != nil {
		return err
	}
	if p.notes, err = pack(text.Notes); err != nil {
		return err
	}
	if p.origin, err = packOrigin(text.Origin); err != nil {
		return err
	}
	if p.layers, err = packLayers(text.Layers); err != nil {
		return err
	}
	p.id, p.pieces = readingID(text), piecesOf(text)
	p.claims = make([]string, len(p.Claims))
	for i, c := range p.Claims {
		if p.claims[i], err = pack(storedClaim{c.About, c.Value, c.Share, c.Modality, c.Speaker, c.When, c.Quote, c.Rule, c.Confidence, c.Layer}); err != nil {
			return fmt.Errorf("claim %s: %w", c.ID, err)
		}
	}
	return nil
}

// saveReadings records readings in one transaction: all of them or none. Waiting for the disk once for many is most of
// what makes reading a folder fast.
func (s *Database) saveReadings(ctx context.Context, rs []prepared) error {
	doing := savingOf(rs[0].Reading)
	if len(rs) > 1 {
		doing += fmt.Sprintf(" and %d others", len(rs)-1)
	}
	// in one order, so that others who save at the same time wait for each other and never in a circle
	rs = slices.SortedStableFunc(slices.Values(rs), func(a, b prepared) int {
		return strings.Compare(a.Text.Capture.String(), b.Text.Capture.String())
	})
	return s.write(ctx, doing, true, func(t tx) error {
		before, withheld, err := s.lockCaptures(ctx, t, rs)
		if err != nil {
			return err
		}
		var read []prepared
		var changed []pieces // of the texts that the index does not have as they are
		for _, r := range rs {
			digest := r.Text.Capture.String()
			if withheld[digest] {
				continue // since the reader took it up
			}
			if r.Reason != "" {
				if _, err := t.exec(ctx, setNotRead, digest, storable(r.Reason)); err != nil {
					return err
				}
				continue
			}
			if err := saveText(ctx, t, r); err != nil {
				return err
			}
			read = append(read, r)
			was := before[digest]
			if (indexedText{r.id, r.paragraphs, r.Text.Published.Date.String()}) == was {
				continue
			}
			changed = append(changed, r.pieces)
			if was.id != "" {
				if err := s.engine.index().forget(ctx, t, digest); err != nil {
					return err
				}
			}
			if err := saveLikeness(ctx, t, r.Text, was.id != ""); err != nil {
				return err
			}
		}
		if err := s.engine.index().put(ctx, t, changed); err != nil {
			return err
		}
		return saveClaims(ctx, t, read, func(d contrechamp.Digest) bool { return before[d.String()].id != "" })
	})
}

// indexedText is what of a text the search index was made from.
type indexedText struct{ id, paragraphs, published string }

// lockCaptures answers what the captures' index was made from and which of them are withheld, and keeps others from saving them meanwhile.
func (s *Database) lockCaptures(ctx context.Context, t tx, rs []prepared) (before map[string]indexedText, withheld map[string]bool, err error) {
	digests := make([]string, len(rs))
	for i, r := range rs {
		digests[i] = r.Text.Capture.String()
	}
	before, withheld = make(map[string]indexedText, len(rs)), map[string]bool{}
	err = inBatches(digests, func(in string, given []any) error {
		return rows(ctx, t, func(r *sql.Rows) error {
			var digest string
			var x indexedText
			var state contrechamp.ReadState
			if err := r.Scan(&digest, &x.id, &x.paragraphs, &x.published, &state); err != nil {
				return err
			}
			if state == contrechamp.StateWithheld {
				withheld[digest] = true
			}
			before[digest] = x
			return nil
		}, fmt.Sprintf(selectIndexed, in)+s.engine.lockRows(), given...)
	})
	for _, d := range digests {
		if _, known := before[d]; !known && err == nil {
			err = fmt.Errorf("%.12s: %w", d, contrechamp.ErrNotFound)
		}
	}
	return before, withheld, err
}

// check refuses what must never be kept.
func check(r contrechamp.Reading) error {
	body := r.Text.Body
	if r.Text.Capture.IsZero() {
		return fmt.Errorf("a reading without a capture: %w", contrechamp.ErrInvalid)
	}
	if r.Reason != "" {
		return nil
	}
	if !utf8.ValidString(body) {
		return fmt.Errorf("a text that is not UTF-8: %w", contrechamp.ErrInvalid)
	}
	for _, s := range []string{body, r.Text.Title, r.Text.Author, r.Text.Publisher, r.Text.Reader, r.Text.Language} {
		if storable(s) != s {
			return fmt.Errorf("a text with a zero byte, which no document has in its words: %w", contrechamp.ErrInvalid)
		}
	}
	at := 0
	for i, p := range r.Text.Paragraphs {
		if p.Start < at || p.End < p.Start || p.End > len(body) {
			return fmt.Errorf("paragraph %d at [%d, %d) of %d bytes, after %d: %w", i, p.Start, p.End, len(body), at, contrechamp.ErrInvalid)
		}
		if p.Layer < 0 || p.Layer > len(r.Text.Layers) {
			return fmt.Errorf("paragraph %d is of layer %d of %d: %w", i, p.Layer, len(r.Text.Layers), contrechamp.ErrInvalid)
		}
		at = p.End
	}
	for _, c := range r.Claims {
		switch {
		case c.ID == "" || len(c.About) == 0:
			return fmt.Errorf("a claim without an ID or a subject: %w", contrechamp.ErrInvalid)
		case c.Document != r.Text.Capture:
			return fmt.Errorf("claim %s is of another document: %w", c.ID, contrechamp.ErrInvalid)
		case !c.Quote.FoundIn(body):
			return fmt.Errorf("claim %s: its quote does not stand in the text at [%d, %d): %w", c.ID, c.Quote.Start, c.Quote.End, contrechamp.ErrInvalid)
		}
		if layer := r.Text.LayerNameAt(c.Quote.Start); c.Layer != layer {
			return fmt.Errorf("claim %s says that its quote stands in the layer %q, and it stands in %q: %w", c.ID, c.Layer, layer, contrechamp.ErrInvalid)
		}
		for _, a := range c.About {
			if a.Kind == contrechamp.KindPerson {
				return fmt.Errorf("claim %s is about a person: %w", c.ID, contrechamp.ErrInvalid)
			}
		}
	}
	return nil
}

// saveText adds a text and makes it the capture's newest.
func saveText(ctx context.Context, t tx, r prepared) error {
	text, digest := r.Text, r.Text.Capture.String()
	if _, err := t.exec(ctx, upsertReading, r.id, digest, text.Reader, micros(text.ReadAt), text.Title, text.Author, text.Publisher,
		text.Published.Date.String(), text.Published.From, text.Language, text.Quality, r.notes, r.paragraphs, text.Body, r.origin, r.layers); err != nil {
		return err
	}
	_, err := t.exec(ctx, setRead, digest, r.id)
	return err
}

// readingID is the same for the same words read in the same capture by the same reader.
func readingID(text contrechamp.Text) string {
	h := sha256.New()
	fmt.Fprintf(h, "contrechamp reading 1\n%s\n%q\n%s", text.Capture, text.Reader, text.Body)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// storedParagraph is a paragraph as JSON, short because there are many.
type storedParagraph struct {
	Start    int              `json:"s"`
	End      int              `json:"e"`
	Role     contrechamp.Role `json:"r"`
	Language string           `json:"l"`
	Page     int              `json:"p,omitempty"`
	Layer    int              `json:"y,omitempty"`
}

func packParagraphs(ps []contrechamp.Paragraph) (string, error) {
	stored := make([]storedParagraph, len(ps))
	for i, p := range ps {
		stored[i] = storedParagraph{p.Start, p.End, p.Role, p.Language, p.Page, p.Layer}
	}
	return pack(stored)
}

func unpackParagraphs(s string, body string) ([]contrechamp.Paragraph, error) {
	var stored []storedParagraph
	if err := unpack("paragraphs", s, &stored); err != nil {
		return nil, err
	}
	ps := make([]contrechamp.Paragraph, len(stored))
	for i, p := range stored {
		if p.Start < 0 || p.End < p.Start || p.End > len(body) {
			return nil, fmt.Errorf("stored paragraph %d lies outside of its text: %w", i, contrechamp.ErrAltered)
		}
		ps[i] = contrechamp.Paragraph{Span: contrechamp.Span{Start: p.Start, End: p.End}, Role: p.Role, Language: p.Language, Page: p.Page, Layer: p.Layer}
	}
	return ps, nil
}

// packLayers writes a text's layers; "" when there are none, as for nearly all texts.
func packLayers(layers []contrechamp.Layer) (string, error) {
	if len(layers) == 0 {
		return "", nil
	}
	return pack(layers)
}

func unpackLayers(s string) ([]contrechamp.Layer, error) {
	if s == "" {
		return nil, nil
	}
	var layers []contrechamp.Layer
	return layers, unpack("layers", s, &layers)
}

// Text implements contrechamp.Texts.
func (s *Database) Text(ctx context.Context, d contrechamp.Digest) (contrechamp.Text, error) {
	text, err := s.text(ctx, d)
	if errors.Is(err, sql.ErrNoRows) {
		if _, why := s.Withholding(ctx, d); why == nil {
			err = contrechamp.ErrWithheld
		}
	}
	return text, failed(ctx, "text of "+d.Short(), err)
}

func (s *Database) text(ctx context.Context, d contrechamp.Digest) (contrechamp.Text, error) {
	text := contrechamp.Text{Capture: d}
	var readAt int64
	var published, notes, paragraphs, origin, layers string
	err := one(ctx, s.readers, selectReading, []any{d.String()}, &text.Reader, &readAt, &text.Title, &text.Author, &text.Publisher,
		&published, &text.Published.From, &text.Language, &text.Quality, &notes, &paragraphs, &origin, &layers, &text.Body)
	if err != nil {
		return contrechamp.Text{}, err
	}
	text.ReadAt = timeOf(readAt)
	if text.Published.Date, err = dateOf(published); err != nil {
		return contrechamp.Text{}, err
	}
	if err := unpack("notes", notes, &text.Notes); err != nil {
		return contrechamp.Text{}, err
	}
	if text.Origin, err = unpackOrigin(origin); err != nil {
		return contrechamp.Text{}, err
	}
	if text.Layers, err = unpackLayers(layers); err != nil {
		return contrechamp.Text{}, err
	}
	text.Paragraphs, err = unpackParagraphs(paragraphs, text.Body)
	return text, err
}
