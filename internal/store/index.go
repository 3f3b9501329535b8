package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// index is the search index of an engine: pieces of paragraphs, with their words.
type index interface {
	// put adds the pieces of texts. None of the documents' are there.
	put(ctx context.Context, t tx, texts []pieces) error
	// forget removes a document's pieces; clear, all.
	forget(ctx context.Context, t tx, digest string) error
	clear(ctx context.Context, t tx) error
	// match writes an expression as this engine's condition on pieces "p", with $1 as its only argument, and what to
	// select from; first, the same for the first piece of every document.
	match(e expression) (from, argument string)
	first() (from string)
	// columns names what holds the document's address and its date in what match and first select from.
	columns() (document, published string)
}

// indexRules names the rules by which the index was made: how words are cut, folded and stemmed, and what of a text
// is a piece. When they change, so does this name, and the index is made again at the next opening.
const indexRules = "pieces 2"

const (
	// longestPiece is how many words of a paragraph make one piece of the index. Longer paragraphs, whole pages
	// without a line's end among them, are cut: all words of a search must then stand in one piece. PostgreSQL keeps
	// 256 places of a word in a piece, and no place beyond 16,383.
	longestPiece = 1000
	// pieceOverlap is how many words a piece repeats of the one before, so that phrases are found across the cut.
	pieceOverlap = 20
	// longestWord is how many bytes of a word are kept: PostgreSQL takes 2,046.
	longestWord = 1000
)

// piece is what the index holds one row of: a paragraph, or a part of one that is very long.
type piece struct {
	place           int // of the paragraph in its text
	start, end      int // bytes in the text
	rank            int // what comes first among hits
	language        string
	folded, stemmed string // one entry a word, in order, a space between them
}

// rankOf says what comes first among hits: what names the document's subject.
func rankOf(r contrechamp.Role) int {
	switch r {
	case contrechamp.RoleTitle:
		return 0
	case contrechamp.RoleHeading:
		return 1
	case contrechamp.RoleMeta:
		return 3
	}
	return 2
}

// indexed reports whether paragraphs of that role answer searches: what the document says, not the page around it.
func indexed(r contrechamp.Role) bool { return r.Speaks() || r == contrechamp.RoleMeta }

// pieces is what the index holds of one document.
type pieces struct {
	document, published string
	pieces              []piece
}

// piecesOf cuts a text into what the index holds.
func piecesOf(text contrechamp.Text) pieces {
	all := pieces{document: text.Capture.String(), published: text.Published.Date.String()}
	for place, p := range text.Paragraphs {
		if !indexed(p.Role) {
			continue
		}
		words := p.Of(text.Body)
		folded, stemmed, n := word.IndexLine(words, p.Language, longestWord)
		if n == 0 {
			continue
		}
		whole := piece{place: place, start: p.Start, end: p.End, rank: rankOf(p.Role), language: p.Language, folded: folded, stemmed: stemmed}
		if n <= longestPiece {
			all.pieces = append(all.pieces, whole)
			continue
		}
		all.pieces = append(all.pieces, cut(whole, words)...)
	}
	return all
}

// cut cuts a long paragraph into pieces that overlap.
func cut(whole piece, words string) []piece {
	tokens := indexedTokens(words)
	folded, stemmed := strings.Split(whole.folded, " "), strings.Split(whole.stemmed, " ")
	var pieces []piece
	for from := 0; ; from += longestPiece - pieceOverlap {
		to := min(from+longestPiece, len(folded))
		part := whole
		part.folded, part.stemmed = strings.Join(folded[from:to], " "), strings.Join(stemmed[from:to], " ")
		if from > 0 {
			part.start = whole.start + tokens[from].Start
		}
		if to < len(folded) {
			part.end = whole.start + tokens[to-1].End
		}
		pieces = append(pieces, part)
		if to == len(folded) {
			return pieces
		}
	}
}

// indexedTokens are the words of which word.Index makes entries, in order.
func indexedTokens(words string) []word.Token {
	var out []word.Token
	for _, t := range word.Cut(nil, words) {
		if t.Kind != word.Punct && word.Key(t.Of(words)) != "" {
			out = append(out, t)
		}
	}
	return out
}

// short is a word as the index keeps it: what is asked for is cut likewise.
func short(w string) string { return word.Short(w, longestWord) }

// indexTexts puts texts in the search index, which has none of them.
func (s *Database) indexTexts(ctx context.Context, t tx, texts []contrechamp.Text) error {
	all := make([]pieces, len(texts))
	for i, text := range texts {
		all[i] = piecesOf(text)
	}
	return s.engine.index().put(ctx, t, all)
}

// Reindex makes the search index again from the stored texts, all of it in one transaction: searches beside it see
// the old index until it is done. It heals an index that was damaged or made by older rules.
func (s *Database) Reindex(ctx context.Context) error {
	digests, err := column[string](ctx, s.readers, `SELECT digest FROM capture WHERE reading IS NOT NULL ORDER BY digest`)
	if err != nil {
		return failed(ctx, "list the texts to index", err)
	}
	if len(digests) > 0 { // of a new register there is nothing to say
		s.logger.InfoContext(ctx, "the search index is made again", "texts", len(digests), "rules", indexRules)
	}
	return s.write(ctx, "index the texts again", true, func(t tx) error {
		if err := s.engine.index().clear(ctx, t); err != nil {
			return err
		}
		const few = 50 // whole texts are in memory
		for from := 0; from < len(digests); from += few {
			texts, err := textsOf(ctx, t, digests[from:min(from+few, len(digests))])
			if err != nil {
				return err
			}
			if err := s.indexTexts(ctx, t, texts); err != nil {
				return err
			}
		}
		return setHouse(ctx, t, houseIndex, indexRules)
	})
}

// renewIndex makes the index again where it was made by other rules.
func (s *Database) renewIndex(ctx context.Context) error {
	rules, err := house(ctx, s.readers, houseIndex)
	if err == nil && rules == indexRules {
		return nil
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return failed(ctx, "look how the index was made", err)
	}
	return s.Reindex(ctx)
}

// textsOf answers what the index needs of some captures' newest texts.
func textsOf(ctx context.Context, from asker, digests []string) ([]contrechamp.Text, error) {
	var texts []contrechamp.Text
	err := rows(ctx, from, func(r *sql.Rows) error {
		var digest, published, paragraphs string
		var text contrechamp.Text
		err := r.Scan(&digest, &published, &paragraphs, &text.Body)
		if err != nil {
			return err
		}
		if text.Capture, err = digestOf(digest); err != nil {
			return err
		}
		if text.Published.Date, err = dateOf(published); err != nil {
			return err
		}
		if text.Paragraphs, err = unpackParagraphs(paragraphs, text.Body); err != nil {
			return err
		}
		texts = append(texts, text)
		return nil
	}, fmt.Sprintf(`SELECT c.digest, r.published, r.paragraphs, r.body FROM capture c JOIN reading r ON r.id = c.reading
		WHERE c.digest IN (%s) ORDER BY c.digest`, list(1, len(digests))), args(digests)...)
	return texts, err
}
