package store

import (
	"context"
	"strings"
)

// sqliteIndex is FTS5 (https://sqlite.org/fts5.html): one row a piece, with a column of stems and one of folded words.
type sqliteIndex struct{}

const (
	// A contentless index forgets a row when told its number.
	forgetWords      = `DELETE FROM paragraph_words WHERE rowid IN (SELECT id FROM paragraph WHERE document = $1)`
	forgetParagraphs = `DELETE FROM paragraph WHERE document = $1`
	lastParagraph    = `SELECT COALESCE(MAX(id), 0) FROM paragraph`
	insertParagraph  = `INSERT INTO paragraph (id, document, place, start, finish, rank, language, published) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	insertWords      = `INSERT INTO paragraph_words (rowid, folded, stemmed) VALUES ($1, $2, $3)`
)

func (sqliteIndex) forget(ctx context.Context, t tx, digest string) error {
	for _, forget := range []string{forgetWords, forgetParagraphs} {
		if _, err := t.exec(ctx, forget, digest); err != nil {
			return err
		}
	}
	return nil
}

func (sqliteIndex) clear(ctx context.Context, t tx) error {
	if _, err := t.exec(ctx, `INSERT INTO paragraph_words (paragraph_words) VALUES ('delete-all')`); err != nil {
		return err
	}
	_, err := t.exec(ctx, `DELETE FROM paragraph`)
	return err
}

func (sqliteIndex) put(ctx context.Context, t tx, texts []pieces) error {
	var id int64
	if err := one(ctx, t, lastParagraph, nil, &id); err != nil {
		return err
	}
	for _, x := range texts {
		for _, p := range x.pieces {
			id++
			if _, err := t.exec(ctx, insertParagraph, id, x.document, p.place, p.start, p.end, p.rank, p.language, x.published); err != nil {
				return err
			}
			if _, err := t.exec(ctx, insertWords, id, strings.Join(p.folded, " "), strings.Join(p.stemmed, " ")); err != nil {
				return err
			}
		}
	}
	return nil
}

// match writes an FTS5 expression (https://sqlite.org/fts5.html#full_text_query_syntax). Every word is in double
// quotes, so none can be read as syntax. FTS5 knows no "either word" inside a phrase, so a phrase is asked for in
// every combination of its words' forms; an expression's phrases are short enough for that.
func (sqliteIndex) match(e expression) (from, argument string) {
	var wanted, unwanted []string
	for _, p := range e.wanted {
		wanted = append(wanted, fts5Phrase(p))
	}
	for _, any := range e.unwanted {
		parts := make([]string, len(any))
		for i, p := range any {
			parts[i] = fts5Phrase(p)
		}
		unwanted = append(unwanted, "("+strings.Join(parts, " AND ")+")")
	}
	argument = strings.Join(wanted, " AND ")
	if len(unwanted) > 0 {
		argument = "(" + argument + ") NOT (" + strings.Join(unwanted, " OR ") + ")"
	}
	return `FROM paragraph_words w JOIN paragraph p ON p.id = w.rowid WHERE paragraph_words MATCH $1`, argument
}

func fts5Phrase(p phrase) string {
	column, star := "stemmed", ""
	if p.prefix {
		column, star = "folded", " *"
	}
	ways := []string{""}
	for _, forms := range p.words {
		next := make([]string, 0, len(ways)*len(forms))
		for _, way := range ways {
			for _, f := range forms {
				if way == "" {
					next = append(next, f)
				} else {
					next = append(next, way+" "+f)
				}
			}
		}
		ways = next
	}
	for i, way := range ways {
		ways[i] = `"` + way + `"` + star
	}
	return column + " : (" + strings.Join(ways, " OR ") + ")"
}
