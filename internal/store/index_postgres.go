package store

import (
	"context"
	"strconv"
	"strings"
)

// postgresIndex is a tsvector a piece (https://www.postgresql.org/docs/current/datatype-textsearch.html), made in Go:
// no dictionary of the server has a say in it. Stems stand as they are, folded words behind foldedMark.
type postgresIndex struct{}

// foldedMark begins a folded word; no stem begins with it.
const foldedMark = "="

func (postgresIndex) forget(ctx context.Context, t tx, digest string) error {
	_, err := t.exec(ctx, `DELETE FROM paragraph WHERE document = $1`, digest)
	return err
}

func (postgresIndex) clear(ctx context.Context, t tx) error {
	_, err := t.exec(ctx, `DELETE FROM paragraph`)
	return err
}

// put writes many pieces a statement: COPY would want the tsvector in its binary form.
func (postgresIndex) put(ctx context.Context, t tx, texts []pieces) error {
	var rows [][]any
	for _, x := range texts {
		for _, p := range x.pieces {
			rows = append(rows, []any{x.document, p.place, p.start, p.end, p.rank, p.language, x.published, tsvector(p)})
		}
	}
	return insertMany(ctx, t, "paragraph", []string{"document", "place", "start", "finish", "rank", "language", "published", "words"}, rows, "::text::tsvector", "")
}

// tsvector writes a piece's words with their places.
func tsvector(p piece) string {
	var b []byte
	folded := strings.Split(p.folded, " ")
	for i, stem := range strings.Split(p.stemmed, " ") {
		for _, w := range [...]string{stem, foldedMark + folded[i]} {
			b = append(b, lexeme(w)...)
			b = append(b, ':')
			b = strconv.AppendInt(b, int64(i+1), 10)
			b = append(b, ' ')
		}
	}
	return string(b)
}

// quoted doubles what has a meaning between quotes.
var quoted = strings.NewReplacer("'", "''", `\`, `\\`)

// lexeme is a word between quotes, so that nothing in it is read as syntax.
func lexeme(w string) string {
	if strings.ContainsAny(w, `'\`) {
		w = quoted.Replace(w)
	}
	return "'" + w + "'"
}

// match writes a tsquery.
func (postgresIndex) match(e expression) (from, argument string) {
	var parts []string
	for _, p := range e.wanted {
		parts = append(parts, tsPhrase(p))
	}
	for _, any := range e.unwanted {
		all := make([]string, len(any))
		for i, p := range any {
			all[i] = tsPhrase(p)
		}
		parts = append(parts, "!("+strings.Join(all, " & ")+")")
	}
	return `FROM paragraph p WHERE p.words @@ $1::text::tsquery`, strings.Join(parts, " & ")
}

func (postgresIndex) first() string {
	return `FROM paragraph p WHERE p.start = (SELECT MIN(q.start) FROM paragraph q WHERE q.document = p.document)`
}

func (postgresIndex) columns() (document, published string) { return "p.document", "p.published" }

func tsPhrase(p phrase) string {
	words := make([]string, len(p.words))
	for i, forms := range p.words {
		each := make([]string, len(forms))
		for k, f := range forms {
			if p.prefix {
				f = foldedMark + f
			}
			each[k] = lexeme(f)
			if p.prefix && i == len(p.words)-1 {
				each[k] += ":*"
			}
		}
		words[i] = "(" + strings.Join(each, " | ") + ")"
	}
	return "(" + strings.Join(words, " <-> ") + ")"
}
