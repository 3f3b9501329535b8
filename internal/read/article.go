package read

import (
	"context"
	"fmt"
	"net/url"

	"codeberg.org/readeck/go-readability"
	contrechamp "contrechamp.org/contrechamp"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// How the extractors' opinions are weighed.
const (
	enough    = 0.6 // of a page's prose found by the first extractor: no second opinion is asked
	clearly   = 1.3 // times as much found by the second: it is believed instead
	agreement = 0.6 // of a block's runs of words found in an extract: the block is in it
	run       = 4   // words in such a run
)

// article asks the extractors which blocks are the article. Both work on clones of the tree: the blocks that are
// ours were taken from it before, and the search for a date may still need it.
func (p *htmlPage) article(ctx context.Context, root *html.Node, elements int) ([]bool, error) {
	prose := 0
	likely := make([]bool, len(p.blocks))
	for i := range p.blocks {
		if b, r := &p.blocks[i], &p.rows[i]; b.zone&^(credits|caption) == 0 && b.linked() < 0.4 && r.prose() {
			likely[i] = true
			prose += r.words()
		}
	}
	if elements > MaxElements {
		p.note("the page has %d elements, more than the %d up to which its article is looked for with care", elements, MaxElements)
		p.quality.article = 0.5
		return likely, nil
	}
	address, err := url.Parse(first(p.src.URL, p.meta.canonical))
	if err != nil || !address.IsAbs() {
		address = nil // only used to complete links, which we do not keep
	}
	in, n := p.trafilatura(root, address)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if n > 0 && float64(n) >= enough*float64(prose) {
		return in, nil
	}
	second, m := p.readability(root, address)
	switch {
	case n == 0 && m == 0 && prose == 0:
		p.quality.article = 0.5
		p.note("no article was found in the page")
	case n == 0 && m == 0:
		p.quality.article = 0.6
		p.note("no extractor found the article; the page's paragraphs of prose were taken for it")
		return likely, nil
	case float64(m) > clearly*float64(n):
		p.quality.article = 0.8
		return second, nil
	case float64(n) < enough*float64(prose):
		p.quality.article = 0.9
	}
	return in, nil
}

// guarded runs a third-party extractor. They index into trees that hostile pages shape, so a panic is possible; it
// is caught here, told in a note, and counts as no opinion.
func (p *htmlPage) guarded(name string, extract func() error) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			p.note("%s broke down on this page (%s)", name, clip(fmt.Sprint(v), 200))
			ok = false
		}
	}()
	// an error means that it found nothing worth telling
	return extract() == nil
}

func (p *htmlPage) trafilatura(root *html.Node, address *url.URL) ([]bool, int) {
	var content *html.Node
	p.guarded("go-trafilatura", func() error {
		result, err := trafilatura.ExtractDocument(root, trafilatura.Options{
			OriginalURL:      address,
			ExcludeComments:  true,
			HtmlDateOverride: &htmldate.Result{}, // dates are found here, once
		})
		if err == nil {
			content = result.ContentNode
		}
		return err
	})
	return p.within(content)
}

func (p *htmlPage) readability(root *html.Node, address *url.URL) ([]bool, int) {
	var content *html.Node
	p.guarded("go-readability", func() error {
		parser := readability.NewParser()
		parser.DisableJSONLD = true
		article, err := parser.ParseDocument(root, address)
		content = article.Node
		return err
	})
	return p.within(content)
}

// within marks the blocks whose words stand in an extract, and counts the words of prose in them.
func (p *htmlPage) within(content *html.Node) (in []bool, words int) {
	in = make([]bool, len(p.blocks))
	if content == nil {
		return in, 0
	}
	w := &walker{}
	w.children(content)
	w.flush()
	runs, whole := map[uint64]bool{}, map[string]bool{}
	for i := range w.blocks {
		text := w.blocks[i].text
		tokens := wordsOf(text)
		whole[keyOf(text, tokens)] = true
		for j := 0; j+run <= len(tokens); j++ {
			runs[hashOf(text, tokens[j:j+run])] = true
		}
	}
	for i := range p.blocks {
		r := &p.rows[i]
		if r.words() == 0 || p.blocks[i].zone&(hidden|navigation) != 0 {
			continue
		}
		if r.words() < run {
			in[i] = whole[keyOf(r.text, r.tokens)]
			continue
		}
		found := 0
		for j := 0; j+run <= len(r.tokens); j++ {
			if runs[hashOf(r.text, r.tokens[j:j+run])] {
				found++
			}
		}
		in[i] = float64(found) >= agreement*float64(len(r.tokens)-run+1)
	}
	p.withoutZones(in)
	for i := range in {
		if in[i] && p.rows[i].prose() {
			words += p.rows[i].words()
		}
	}
	return in, words
}

// withoutZones takes out blocks that stand among comments, in footers, sidebars and forms, and short ones that
// stand away from the rest; unless that leaves little, since class names lie.
func (p *htmlPage) withoutZones(in []bool) {
	all, kept := 0, 0
	for i := range in {
		if in[i] {
			all += p.rows[i].words()
			if p.blocks[i].zone&(discussion|foot|aside|form) == 0 {
				kept += p.rows[i].words()
			}
		}
	}
	if kept*3 < all {
		return
	}
	for i := range in {
		if p.blocks[i].zone&(discussion|foot|aside|form) != 0 {
			in[i] = false
		}
	}
}

// searchedDate is the last resort for a date: what go-htmldate finds anywhere in the page, in its quick mode, which
// leaves out the guesses that find any year.
func (p *htmlPage) searchedDate(root *html.Node, elements int) contrechamp.Published {
	if elements > MaxElements {
		return contrechamp.Published{}
	}
	var published contrechamp.Published
	p.guarded("go-htmldate", func() error {
		options := htmldate.Options{URL: p.src.URL, UseOriginalDate: true, SkipExtensiveSearch: true}
		if !p.now.IsZero() {
			options.MaxDate = p.now.Time()
		}
		result, err := htmldate.FromDocument(root, options)
		if err == nil && !result.IsZero() {
			y, m, d := result.DateTime.Date()
			published = contrechamp.Published{Date: contrechamp.Date{Year: y, Month: int(m), Day: d}, From: "text"}
		}
		return err
	})
	return published
}
