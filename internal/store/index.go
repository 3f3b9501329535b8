package store

import (
	"context"
	"database/sql"
	"fmt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

const (
	// A contentless index forgets a row when told its number.
	forgetWords      = `DELETE FROM paragraph_words WHERE rowid IN (SELECT id FROM paragraph WHERE document = $1)`
	forgetParagraphs = `DELETE FROM paragraph WHERE document = $1`
	lastParagraph    = `SELECT COALESCE(MAX(id), 0) FROM paragraph`
	insertParagraph  = `INSERT INTO paragraph (id, document, place, start, finish, language, published) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	insertWords      = `INSERT INTO paragraph_words (rowid, folded, stemmed) VALUES ($1, $2, $3)`
)

// indexed reports whether paragraphs of that role answer searches: what the document says, not the page around it.
func indexed(r contrechamp.Role) bool { return r.Speaks() || r == contrechamp.RoleMeta }

// indexText puts a text's paragraphs in the search index in place of those of the capture's earlier text.
func indexText(ctx context.Context, t tx, text contrechamp.Text) error {
	digest, published := text.Capture.String(), text.Published.Date.String()
	for _, forget := range []string{forgetWords, forgetParagraphs} {
		if _, err := t.exec(ctx, forget, digest); err != nil {
			return err
		}
	}
	var id int64
	if err := t.QueryRowContext(ctx, lastParagraph).Scan(&id); err != nil {
		return err
	}
	paragraph, err := t.PrepareContext(ctx, insertParagraph)
	if err != nil {
		return err
	}
	words, err := t.PrepareContext(ctx, insertWords)
	if err != nil {
		return err
	}
	for place, p := range text.Paragraphs {
		if !indexed(p.Role) {
			continue
		}
		folded, stemmed := word.Index(p.Of(text.Body), p.Language)
		if folded == "" {
			continue
		}
		id++
		if _, err := t.run(ctx, paragraph, id, digest, place, p.Start, p.End, p.Language, published); err != nil {
			return err
		}
		if _, err := t.run(ctx, words, id, folded, stemmed); err != nil {
			return err
		}
	}
	return nil
}

// Reindex makes the search index again from the stored texts, all of it in one transaction: searches beside it see
// the old index until it is done. It heals an index that was damaged or made by an older way of cutting words.
func (s *SQLite) Reindex(ctx context.Context) error {
	digests, err := column[string](ctx, s.readers, `SELECT digest FROM capture WHERE reading IS NOT NULL ORDER BY digest`)
	if err != nil {
		return failed(ctx, "list the texts to index", err)
	}
	return s.write(ctx, "index the texts again", func(t tx) error {
		if _, err := t.exec(ctx, `INSERT INTO paragraph_words (paragraph_words) VALUES ('delete-all')`); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `DELETE FROM paragraph`); err != nil {
			return err
		}
		const few = 50 // whole texts are in memory
		for from := 0; from < len(digests); from += few {
			texts, err := textsOf(ctx, t, digests[from:min(from+few, len(digests))])
			if err != nil {
				return err
			}
			for _, text := range texts {
				if err := indexText(ctx, t, text); err != nil {
					return err
				}
			}
		}
		return nil
	})
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
