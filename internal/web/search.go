package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
)

// Limits of searches on pages.
const (
	hitsPage     = 20
	excerptBytes = 420
)

type searchPage struct {
	page
	pager
	Asked    bool
	Bad      bool // the search could not be understood
	Total    string
	Nothing  bool
	Hits     []hit
	Entities []entityLine
	Unknown  []string // names in filters that the register does not know
	Fewer    string   // the same search with fewer words, to try
	FewerRef string
}

// hit is a paragraph that answers, cut to its excerpt.
type hit struct {
	*voice
	Title, Link   string
	Source        string
	Date, DateISO string
	Lang          string
	Pieces        []piece
	CutBefore     bool
	CutAfter      bool
}

// piece is a run of words, marked or not.
type piece struct {
	Words  string
	Marked bool
}

func (s *site) showSearch(ctx context.Context, r *request) (answer, error) {
	text := strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("q"), "�"))
	p := searchPage{page: r.newPage(r.T("search.title"), "search"), Asked: text != ""}
	p.OwnFind, p.Find, p.NoIndex = true, text, true
	if !p.Asked {
		return answer{name: "search", data: &p}, nil
	}
	p.Title = r.T("search.title_for", "query", r.Quoted(text))
	number := max(r.number("page", 1, maxPage), 1)
	found, err := s.Register.Search(ctx, text, (number-1)*hitsPage, hitsPage)
	if errors.Is(err, contrechamp.ErrInvalid) {
		p.Bad = true
		p.Title = r.T("search.bad_title")
		return answer{name: "search", data: &p, status: http.StatusBadRequest}, nil
	}
	if err != nil {
		return answer{}, err
	}
	p.Entities = r.entityLines(found.Entities)
	for _, f := range found.Unknown {
		p.Unknown = append(p.Unknown, r.Quoted(f.Name))
	}
	p.Total = r.N("search.total", found.Total)
	p.Nothing = len(found.Results) == 0
	if p.Nothing {
		p.Fewer = fewer(text)
		p.FewerRef = r.SearchLink(p.Fewer)
	}
	p.pager = r.pages(number, number*hitsPage < found.Total && len(found.Results) > 0)
	for _, x := range found.Results {
		p.Hits = append(p.Hits, r.hit(x))
	}
	return answer{name: "search", data: &p}, nil
}

func (r *request) hit(x register.Result) hit {
	cut := register.Excerpt(x, excerptBytes)
	h := hit{voice: r.voice, Title: x.Document.Label(), Link: r.DocumentLink(x.Document.Digest, paragraphID(x.Paragraph)),
		Date: r.Date(x.Document.Published), DateISO: x.Document.Published.String(), Lang: languageTag(x.Language),
		CutBefore: cut.Start > 0, CutAfter: cut.End < len(x.Words)}
	if x.Document.Title != "" {
		h.Source = x.Document.Source()
	}
	at := cut.Start
	for _, m := range x.Highlights {
		if m.Start < at || m.End > cut.End {
			continue
		}
		h.add(x.Words[at:m.Start], false)
		h.add(x.Words[m.Start:m.End], true)
		at = m.End
	}
	h.add(x.Words[at:cut.End], false)
	return h
}

func (h *hit) add(words string, marked bool) {
	if words != "" {
		h.Pieces = append(h.Pieces, piece{words, marked})
	}
}

// fewer drops the last word of a search, "" when there is one word only or it is not made of plain words.
func fewer(text string) string {
	words := strings.Fields(text)
	if len(words) < 2 || strings.ContainsAny(text, `":«»“”`) {
		return ""
	}
	return strings.Join(words[:len(words)-1], " ")
}
