package evidence

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page and its style
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// pageData is what the explaining page shows. It is in both languages, so it holds no words.
type pageData struct {
	Style     template.CSS
	StyleHash template.HTMLAttr
	Made      string
	Key       string
	Claims    []pageClaim
	Documents []pageDocument
	Stamped   bool // every receipt is
	Cosigned  bool
	Commands  []string
}

type pageClaim struct {
	ID, Quote, About, Title, Published, Language string
}

type pageDocument struct {
	Title, Address, File, Digest string
	Length                       int
	Receipts                     []pageReceipt
}

type pageReceipt struct {
	At                string
	Index, Size       int64
	Stamped, Cosigned []pageVouch
}

type pageVouch struct{ Name, At string }

// explain writes the page that says, to somebody who is no developer, what the bundle is and how to check it.
func explain(c bundle.Contents, names map[contrechamp.Digest]contrechamp.Document, key ledger.VerifierKey) ([]byte, error) {
	hash := sha256.Sum256([]byte(pageStyle))
	data := pageData{Style: template.CSS(pageStyle), StyleHash: template.HTMLAttr(base64.StdEncoding.EncodeToString(hash[:])), //nolint:gosec // both are ours
		Made: moment(c.Made), Key: key.String(), Stamped: true, Cosigned: true}
	languages := map[contrechamp.Digest]string{}
	for _, x := range c.Captures {
		languages[x.Digest] = x.Text.Language
		d := pageDocument{Title: names[x.Digest].Label(), File: "captures/" + x.Digest.String() + "/bytes", Digest: x.Digest.String(), Length: len(x.Bytes)}
		for _, l := range c.Leaves {
			leaf, err := contrechamp.ParseLeaf(l.Text)
			if err != nil {
				return nil, fmt.Errorf("evidence: %w", err)
			}
			if leaf.Kind != contrechamp.LeafCapture || leaf.Digest != x.Digest {
				continue
			}
			if l.Opened != nil && !leaf.Exchange.IsZero() {
				d.Address = l.Opened.Texts[0]
			}
			r, err := receipt(c, l, leaf)
			if err != nil {
				return nil, err
			}
			data.Stamped = data.Stamped && len(r.Stamped) > 0
			data.Cosigned = data.Cosigned && len(r.Cosigned) > 0
			d.Receipts = append(d.Receipts, r)
		}
		data.Documents = append(data.Documents, d)
	}
	for _, r := range c.Claims {
		doc := names[r.Capture]
		about := r.About[0]
		if len(r.About) > 1 {
			about = r.About[1]
		}
		p := pageClaim{ID: r.ID, Quote: r.Quote.Exact, About: about, Title: doc.Label(), Language: languages[r.Capture]}
		if !doc.Published.IsZero() {
			p.Published = doc.Published.String()
		}
		data.Claims = append(data.Claims, p)
	}
	data.Commands = commands(c)
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("evidence: write its page: %w", err)
	}
	return b.Bytes(), nil
}

// receipt is what the page says of one entry: when, and who vouches.
func receipt(c bundle.Contents, l bundle.Leaf, leaf contrechamp.Leaf) (pageReceipt, error) {
	r := pageReceipt{At: moment(leaf.At), Index: l.Proof.Index}
	keys := slices.Clone(c.Policy.Logs)
	for _, w := range c.Policy.Witnesses {
		keys = append(keys, w.Key)
	}
	point, err := ledger.ParseCheckpoint(l.Proof.Checkpoint, keys...)
	if err != nil {
		return r, fmt.Errorf("evidence: %w", err)
	}
	r.Size = point.Size
	for _, w := range c.Policy.Witnesses {
		if at := point.CosignedAt(w.Key); !at.IsZero() {
			r.Cosigned = append(r.Cosigned, pageVouch{w.Key.Name(), moment(at)})
		}
	}
	for _, s := range c.States {
		if s.Size != point.Size {
			continue
		}
		for _, a := range c.Authorities {
			response, ok := s.Stamps[a.Name]
			if !ok {
				continue
			}
			token, err := stamp.Check(response, contrechamp.Sum(s.Signed), a.Roots)
			if err != nil {
				return r, fmt.Errorf("evidence: %w", err)
			}
			r.Stamped = append(r.Stamped, pageVouch{token.Signer, moment(token.Time)})
		}
	}
	return r, nil
}

// commands are what checks a document and a time-stamp with programs that are everywhere.
func commands(c bundle.Contents) []string {
	var out []string
	if len(c.Captures) > 0 {
		out = append(out, "sha256sum captures/"+c.Captures[0].Digest.String()+"/bytes")
	}
	for _, s := range c.States {
		for _, a := range c.Authorities {
			if _, ok := s.Stamps[a.Name]; ok {
				folder := fmt.Sprintf("checkpoints/%d/", s.Size)
				return append(out, fmt.Sprintf("openssl ts -verify -data %scheckpoint -in %s%s.tsr -CAfile authorities/%s.pem", folder, folder, a.Name, a.Name))
			}
		}
	}
	return out
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") }
