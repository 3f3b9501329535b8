package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
)

// sqliteIndex is FTS5 (https://sqlite.org/fts5.html): one row a piece, with a column of stems and one of folded words. A
// row's number tells its document, so that a document's address and date are written once.
type sqliteIndex struct{}

const (
	// A contentless index forgets a row when told its number.
	forgetWords      = `DELETE FROM paragraph_words WHERE rowid BETWEEN $1 AND $2`
	forgetParagraphs = `DELETE FROM paragraph WHERE id BETWEEN $1 AND $2`
	forgetDocument   = `DELETE FROM indexed WHERE number = $1`
	insertDocument   = `INSERT INTO indexed (number, document, published) VALUES ($1, $2, $3)`
	insertParagraph  = `INSERT INTO paragraph (id, place, start, finish, rank, language) VALUES ($1, $2, $3, $4, $5, $6)`
	insertWords      = `INSERT INTO paragraph_words (rowid, folded, stemmed) VALUES ($1, $2, $3)`
	numberOfDocument = `SELECT number FROM indexed WHERE document = $1`
	lastDocument     = `SELECT COALESCE(MAX(number), 0) FROM indexed`

	// piecesPerDocument is by what a document's number is multiplied: more pieces than a text within read.MaxBytes has words
	// for would be needed to reach the next document's.
	piecesPerDocument = 1 << 20
)

// rowsOf answers the first and the last row that a document's pieces may have.
func rowsOf(number int64) (first, last int64) {
	return number * piecesPerDocument, (number+1)*piecesPerDocument - 1
}

func (sqliteIndex) forget(ctx context.Context, t tx, digest string) error {
	var number int64
	if err := one(ctx, t, numberOfDocument, []any{digest}, &number); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	}
	first, last := rowsOf(number)
	for _, forget := range []string{forgetWords, forgetParagraphs} {
		if _, err := t.exec(ctx, forget, first, last); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, forgetDocument, number)
	return err
}

func (sqliteIndex) clear(ctx context.Context, t tx) error {
	for _, clear := range []string{`INSERT INTO paragraph_words (paragraph_words) VALUES ('delete-all')`, `DELETE FROM paragraph`, `DELETE FROM indexed`} {
		if _, err := t.exec(ctx, clear); err != nil {
			return err
		}
	}
	return nil
}

func (sqliteIndex) put(ctx context.Context, t tx, texts []pieces) error {
	var number int64
	if err := one(ctx, t, lastDocument, nil, &number); err != nil {
		return err
	}
	for _, x := range texts {
		if len(x.pieces) == 0 {
			continue
		}
		if len(x.pieces) > piecesPerDocument {
			return fmt.Errorf("the text of %s has %d pieces, more than the %d that are kept apart: %w", x.document, len(x.pieces), piecesPerDocument, contrechamp.ErrInvalid)
		}
		number++
		if _, err := t.exec(ctx, insertDocument, number, x.document, x.published); err != nil {
			return err
		}
		first, _ := rowsOf(number)
		if err := insertParagraphs(ctx, t, first, x.pieces); err != nil {
			return err
		}
		for i, p := range x.pieces {
			// one row a statement: FTS5 writes all that it has in hand before a statement of several
			if _, err := t.exec(ctx, insertWords, first+int64(i), p.folded, p.stemmed); err != nil {
				return err
			}
		}
	}
	return nil
}

// insertParagraphs writes the rows of pieces, 16 a statement, then 4, then 1: each length is compiled once.
func insertParagraphs(ctx context.Context, t tx, first int64, all []piece) error {
	for i := 0; i < len(all); {
		query, n := insertParagraph, 1
		switch left := len(all) - i; {
		case left >= 16:
			query, n = insertSixteen, 16
		case left >= 4:
			query, n = insertFour, 4
		}
		given := make([]any, 0, 6*n)
		for _, p := range all[i : i+n] {
			given = append(given, first+int64(i), p.place, p.start, p.end, p.rank, p.language)
			i++
		}
		if _, err := t.exec(ctx, query, given...); err != nil {
			return err
		}
	}
	return nil
}

// The table has no other constraint than its key, and a transaction in which a statement fails is given up: OR FAIL spares
// the journal by which SQLite would undo a part of a statement.
var (
	insertFour    = insertParagraphRows(4)
	insertSixteen = insertParagraphRows(16)
)

func insertParagraphRows(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = "(" + list(6*i+1, 6) + ")"
	}
	return `INSERT OR FAIL INTO paragraph (id, place, start, finish, rank, language) VALUES ` + strings.Join(rows, ", ")
}

// first answers the first piece of each document: its row is known from the document's number.
func (sqliteIndex) first() string {
	return fmt.Sprintf(`FROM indexed d JOIN paragraph p ON p.id = d.number * %d WHERE 1 = 1`, piecesPerDocument)
}

func (sqliteIndex) columns() (document, published string) { return "d.document", "d.published" }

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
	return fmt.Sprintf(`FROM paragraph_words w JOIN paragraph p ON p.id = w.rowid JOIN indexed d ON d.number = w.rowid / %d
		WHERE paragraph_words MATCH $1`, piecesPerDocument), argument
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
