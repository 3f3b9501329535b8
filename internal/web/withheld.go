package web

import (
	"context"
	"net/http"

	"contrechamp.org/contrechamp"
)

// withheldNote says, where something stood that is withheld, that it is, since when and why.
type withheldNote struct {
	*voice
	Text   string // what was done, on what ground, when
	Reason string // as whoever withheld it wrote it
	Claims string // how many claims rested on it
	Link   string // to the document's page
}

func (v *voice) withheldNote(w contrechamp.Withholding) withheldNote {
	key := "withheld." + string(w.Ground)
	if !w.Dated.IsZero() {
		key += ".dated"
	}
	return withheldNote{voice: v, Text: v.T(key, "day", v.Day(w.At), "dated", v.Date(w.Dated)), Reason: w.Reason,
		Claims: v.N("count.claims", w.Claims), Link: v.DocumentLink(w.Capture, "")}
}

type withheldPage struct {
	page
	Doc    contrechamp.Document
	Note   withheldNote
	Facts  []string
	Digest []string
}

// showWithheld is the page of a document that is withheld. Its status says on what ground: 451 where the law asked for it
// (RFC 7725), 410 where somebody did (RFC 9110, section 15.5.11).
func (s *site) showWithheld(ctx context.Context, r *request, doc contrechamp.Document) (answer, error) {
	w, err := s.Store.Withholding(ctx, doc.Digest)
	if err != nil {
		return answer{}, err
	}
	p := &withheldPage{page: r.newPage(r.T("withheld.title"), "documents"), Doc: doc, Note: r.withheldNote(w), Digest: inFours(doc.Digest),
		Facts: []string{r.T("captured.received", "date", r.Instant(doc.CapturedAt)), r.N("document.bytes", int(doc.Length)), doc.MediaType}}
	p.NoIndex = true
	status := http.StatusGone
	if w.Ground == contrechamp.ByOrder {
		status = http.StatusUnavailableForLegalReasons
	}
	return answer{name: "withheld", data: p, status: status}, nil
}

// inFours writes a digest in groups of four digits.
func inFours(d contrechamp.Digest) (groups []string) {
	hex := d.String()
	for i := 0; i < len(hex); i += 4 {
		groups = append(groups, hex[i:i+4])
	}
	return groups
}
