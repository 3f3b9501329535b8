package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

// Contents is what goes into a bundle.
type Contents struct {
	Made        time.Time
	Page        []byte // index.html
	Policy      ledger.Policy
	Claims      []contrechamp.Record
	Captures    []Capture
	Leaves      []Leaf
	States      []State
	Authorities []Authority
	WACZ        []byte // nil where there is none
}

// Capture is a document with what was read in it.
type Capture struct {
	Digest   contrechamp.Digest
	Bytes    []byte
	Text     contrechamp.Text
	Exchange []byte // WARC records, gzip; nil for a file
}

// Leaf is an entry of the log.
type Leaf struct {
	Text   []byte
	Proof  ledger.Proof // under the checkpoint of one of the States
	Opened *Opened      // nil where the register does not open it
}

// Opened is what a leaf's salted digest is of: the salt, and the texts in the order that the leaf's kind says.
type Opened struct {
	Salt  string   `json:"salt"`
	Texts []string `json:"texts"`
}

// State is a signed state of the log.
type State struct {
	Size   int64
	Signed []byte            // with the log's own signatures alone: what authorities stamped
	Stamps map[string][]byte // responses by the name of the authority
}

// Authority is a time-stamping authority with its roots.
type Authority struct {
	Name  string // letters, digits, dots and hyphens
	Roots stamp.Roots
}

// reading is text.json.
type reading struct {
	Reader    string   `json:"reader"`
	ReadAt    string   `json:"read_at"`
	Title     string   `json:"title,omitempty"`
	Author    string   `json:"author,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Published string   `json:"published,omitempty"`
	Language  string   `json:"language,omitempty"`
	Quality   float64  `json:"quality"`
	Notes     []string `json:"notes,omitempty"`
}

// Write writes a bundle, signed by the log's key. The same contents make the same bytes. It does not check that the
// contents prove anything: [Verify] does, and who exports calls it.
func Write(w io.Writer, c Contents, key ledger.SignerKey) error {
	var parts []named
	add := func(name string, b []byte) { parts = append(parts, named{name, b}) }
	add(pageName, c.Page)
	add("policy", []byte(c.Policy.String()))
	claims, err := c.annotations()
	if err != nil {
		return err
	}
	add("claims.json", claims)
	if c.WACZ != nil {
		add(waczName, c.WACZ)
	}
	for _, x := range c.Captures {
		about, err := aboutText(x.Text)
		if err != nil {
			return err
		}
		add(captureName(x.Digest, "bytes"), x.Bytes)
		add(captureName(x.Digest, "text.txt"), []byte(x.Text.Body))
		add(captureName(x.Digest, "text.json"), about)
		if x.Exchange != nil {
			add(captureName(x.Digest, "exchange.warc.gz"), x.Exchange)
		}
	}
	for _, l := range c.Leaves {
		name := "leaves/" + strconv.FormatInt(l.Proof.Index, 10)
		proof, err := l.Proof.AppendText(nil)
		if err != nil {
			return fmt.Errorf("bundle: leaf %d: %w", l.Proof.Index, err)
		}
		add(name+".leaf", l.Text)
		add(name+".tlog-proof", proof)
		if l.Opened != nil {
			b, err := json.Marshal(l.Opened)
			if err != nil {
				return fmt.Errorf("bundle: leaf %d: %w", l.Proof.Index, err)
			}
			add(name+".opened.json", append(b, '\n'))
		}
	}
	for _, s := range c.States {
		folder := "checkpoints/" + strconv.FormatInt(s.Size, 10) + "/"
		add(folder+"checkpoint", s.Signed)
		for name, b := range s.Stamps {
			add(folder+name+".tsr", b)
		}
	}
	for _, a := range c.Authorities {
		add("authorities/"+a.Name+".pem", a.Roots.PEM())
	}
	return writeParts(w, parts, c.Made, key)
}

type named struct {
	name string
	b    []byte
}

// writeParts writes members in the order of their names, but for the page, which comes first: it is what a person looks
// for; and the manifest, which comes last.
func writeParts(w io.Writer, parts []named, made time.Time, key ledger.SignerKey) error {
	rank := func(p named) string {
		if p.name == pageName {
			return ""
		}
		return p.name
	}
	slices.SortStableFunc(parts, func(a, b named) int { return strings.Compare(rank(a), rank(b)) })
	out := newContainer(w)
	m := manifest{made: made}
	for _, p := range parts {
		if !names.MatchString(p.name) {
			return refuse("%q is no name of a member", p.name)
		}
		m.parts = append(m.parts, part{p.name, int64(len(p.b)), contrechamp.Sum(p.b)})
	}
	signed, err := m.sign(key)
	if err != nil {
		return err
	}
	for _, p := range append(parts, named{manifestName, signed}) {
		if err := out.add(p.name, int64(len(p.b)), crc32.ChecksumIEEE(p.b), bytes.NewReader(p.b)); err != nil {
			return fmt.Errorf("bundle: write %s: %w", p.name, err)
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("bundle: write its directory: %w", err)
	}
	return nil
}

func (c Contents) annotations() ([]byte, error) {
	layers, origins := map[contrechamp.Digest]*textLayer{}, map[contrechamp.Digest]contrechamp.Origin{}
	for _, x := range c.Captures {
		layer, err := newTextLayer(captureName(x.Digest, "text.txt"), x.Text.Body)
		if err != nil {
			return nil, err
		}
		layers[x.Digest], origins[x.Digest] = layer, x.Text.Origin
	}
	items := make([]annotation, 0, len(c.Claims))
	for _, r := range c.Claims {
		layer, ok := layers[r.Capture]
		if !ok {
			return nil, refuse("claim %s is of a document that is not among the contents", r.ID)
		}
		a, err := annotate(r, layer, origins[r.Capture])
		if err != nil {
			return nil, err
		}
		items = append(items, a)
	}
	return writeAnnotations(items)
}

func aboutText(t contrechamp.Text) ([]byte, error) {
	r := reading{Reader: t.Reader, ReadAt: t.ReadAt.UTC().Format(time.RFC3339), Title: t.Title, Author: t.Author, Publisher: t.Publisher,
		Published: t.Published.Date.String(), Language: t.Language, Quality: t.Quality, Notes: t.Notes}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		return nil, fmt.Errorf("bundle: write how a document was read: %w", err)
	}
	return b.Bytes(), nil
}
