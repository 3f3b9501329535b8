package register

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// MaxHits is the largest page of a search.
const MaxHits = 100

// Result is a paragraph that answers a search, with the words that made it answer.
type Result struct {
	contrechamp.Hit
	Highlights []contrechamp.Span // in Hit.Words, in order, not overlapping
}

// Results is one page of a search.
type Results struct {
	Search   Search
	Results  []Result
	Total    int                      // counted up to 10,000
	Entities []contrechamp.EntityLine // those whose name is the whole search
	Unknown  []Filter                 // filters whose name the register does not know: they match nothing
}

// Search answers what a person typed: paragraphs, best first, from offset, at most limit.
func (r *Register) Search(ctx context.Context, text string, offset, limit int) (Results, error) {
	search, err := ParseSearch(text)
	res := Results{Search: search}
	if err != nil {
		return res, err
	}
	query := contrechamp.Query{Terms: search.Terms, From: search.From, To: search.To, Offset: max(offset, 0), Limit: min(max(limit, 1), MaxHits)}
	for _, f := range search.Filters {
		ids, err := r.filterIDs(ctx, f)
		if err != nil {
			return res, err
		}
		if len(ids) == 0 {
			res.Unknown = append(res.Unknown, f)
		}
		query.Entities = append(query.Entities, ids)
	}
	if len(search.Filters) == 0 {
		if res.Entities, err = r.source.EntitiesNamed(ctx, text); err != nil {
			return res, fmt.Errorf("names like %q: %w", text, err)
		}
		res.Entities = slices.DeleteFunc(res.Entities, func(l contrechamp.EntityLine) bool {
			return !l.Kind.HasDossier() || l.Claims == 0
		})
	}
	if len(res.Unknown) > 0 {
		return res, nil
	}
	hits, total, err := r.source.Find(ctx, query)
	if err != nil {
		return res, fmt.Errorf("search %q: %w", text, err)
	}
	res.Total = total
	for _, h := range hits {
		res.Results = append(res.Results, Result{Hit: h, Highlights: Highlight(h.Words, h.Language, search.Terms)})
	}
	return res, nil
}

// filterIDs answers the IDs that a filter may mean.
func (r *Register) filterIDs(ctx context.Context, f Filter) ([]string, error) {
	lines, err := r.source.EntitiesNamed(ctx, f.Name)
	if err != nil {
		return nil, fmt.Errorf("look up %s:%q: %w", f.Key, f.Name, err)
	}
	var ids []string
	for _, l := range lines {
		switch {
		case f.Key == "vendor" && l.Kind != contrechamp.KindCompany,
			f.Key == "place" && l.Kind != contrechamp.KindPlace:
			continue
		}
		ids = append(ids, l.ID)
	}
	return ids, nil
}

// Highlight finds the words of a paragraph that answer the positive terms: the same folding and stemming as the
// index, on the original bytes.
func Highlight(text, language string, terms []contrechamp.Term) []contrechamp.Span {
	tokens := slices.DeleteFunc(word.Cut(nil, text), func(t word.Token) bool {
		return t.Kind == word.Punct || word.Key(t.Of(text)) == ""
	})
	folded, stemmed := word.Index(text, language) // one entry for each of them
	var spans []contrechamp.Span
	for _, term := range terms {
		if term.Not {
			continue
		}
		for i := 0; i+len(term.Words) <= len(tokens); i++ {
			if matchesAt(term, folded[i:], stemmed[i:]) {
				spans = append(spans, contrechamp.Span{Start: tokens[i].Start, End: tokens[i+len(term.Words)-1].End})
			}
		}
	}
	slices.SortFunc(spans, func(a, b contrechamp.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	kept := spans[:0]
	for _, s := range spans {
		if len(kept) == 0 || s.Start >= kept[len(kept)-1].End {
			kept = append(kept, s)
		}
	}
	return kept
}

// matchesAt reports whether a term's words stand at the beginning of the indexed words.
func matchesAt(term contrechamp.Term, folded, stemmed []string) bool {
	for i, forms := range term.Words {
		if term.Prefix && i == len(term.Words)-1 {
			if !slices.ContainsFunc(forms, func(f string) bool { return len(folded[i]) >= len(f) && folded[i][:len(f)] == f }) {
				return false
			}
			continue
		}
		if !slices.Contains(forms, stemmed[i]) && !slices.Contains(forms, folded[i]) {
			return false
		}
	}
	return true
}

// Excerpt chooses about size bytes of a result's paragraph around its first highlight, cut between words.
func Excerpt(x Result, size int) contrechamp.Span {
	all := contrechamp.Span{Start: 0, End: len(x.Words)}
	if len(x.Words) <= size {
		return all
	}
	s := contrechamp.Span{Start: 0, End: size}
	if len(x.Highlights) > 0 {
		h := x.Highlights[0]
		s.Start = max(0, h.Start-size/4)
		s.End = min(len(x.Words), max(s.Start+size, h.End))
		s.Start = max(0, min(s.Start, s.End-size))
	}
	if s.Start > 0 {
		if i := strings.IndexFunc(x.Words[s.Start:s.End], unicode.IsSpace); i >= 0 && i < size/4 {
			s.Start += i + 1
		}
	}
	if s.End < len(x.Words) {
		if i := strings.LastIndexFunc(x.Words[s.Start:s.End], unicode.IsSpace); i > 0 {
			s.End = s.Start + i
		}
	}
	for s.Start < s.End && !utf8.RuneStart(x.Words[s.Start]) {
		s.Start++
	}
	for s.End < len(x.Words) && !utf8.RuneStart(x.Words[s.End]) {
		s.End++
	}
	return s
}
