package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
)

// batch is how many values one statement lists; both engines take far more.
const batch = 500

// list writes the placeholders $from, $from+1, ... for n values.
func list(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	return b.String()
}

// args turns values into arguments.
func args[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// mostArguments is how many values one statement of insertMany takes; SQLite takes 32,766, PostgreSQL 65,535.
const mostArguments = 8000

// insertMany writes rows, many a statement. cast, if any, follows the last value of each row; conflict, the statement.
func insertMany(ctx context.Context, t tx, table string, columns []string, rows [][]any, cast, conflict string) error {
	most := max(1, mostArguments/len(columns))
	if t.kept != nil {
		most = 1 // compiled once, a short statement is faster than a long one each time
	}
	for len(rows) > 0 {
		part := rows[:min(most, len(rows))]
		rows = rows[len(part):]
		var b strings.Builder
		fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", table, strings.Join(columns, ", "))
		given := make([]any, 0, len(part)*len(columns))
		for i, row := range part {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("(" + list(len(given)+1, len(row)) + cast + ")")
			given = append(given, row...)
		}
		if conflict != "" {
			b.WriteString(" " + conflict)
		}
		if _, err := t.exec(ctx, b.String(), given...); err != nil {
			return err
		}
	}
	return nil
}

// inBatches calls f with values a batch at a time, as a list of placeholders and their arguments. The last value is
// repeated so that few lengths of list, and so few statements, come about.
func inBatches(values []string, f func(in string, given []any) error) error {
	for from := 0; from < len(values); from += batch {
		given := args(values[from:min(from+batch, len(values))])
		for len(given)&(len(given)-1) != 0 && len(given) < batch {
			given = append(given, given[len(given)-1])
		}
		if err := f("("+list(1, len(given))+")", given); err != nil {
			return err
		}
	}
	return nil
}

// storable is text as every engine can keep it: PostgreSQL takes neither bytes that are no UTF-8 nor a zero byte, and
// names of files may hold both but for the zero. Such bytes are written out: \xE9.
func storable(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == 0 || r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02X`, s[i])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// micros is a time as rows keep it. The zero time stands for itself.
func micros(t time.Time) int64 { return t.UnixMicro() }

func timeOf(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// dateOf reads a date that the store wrote.
func dateOf(s string) (contrechamp.Date, error) {
	if s == "" {
		return contrechamp.Date{}, nil
	}
	d, err := contrechamp.ParseDate(s)
	if err != nil {
		return d, fmt.Errorf("stored date %q: %w", s, contrechamp.ErrAltered)
	}
	return d, nil
}

// digestOf reads a digest that the store wrote.
func digestOf(s string) (contrechamp.Digest, error) {
	d, err := contrechamp.ParseDigest(s)
	if err != nil || d.String() != s { // in small letters, as it was written
		return d, fmt.Errorf("stored digest %q: %w", s, contrechamp.ErrAltered)
	}
	return d, nil
}

// digestText is a digest as rows keep it; the zero digest is empty.
func digestText(d contrechamp.Digest) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// pack writes what a row keeps as opaque text.
func pack(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid)
	}
	return string(b), nil
}

// unpack reads what pack wrote.
func unpack(what, s string, into any) error {
	if err := json.Unmarshal([]byte(s), into); err != nil {
		return fmt.Errorf("stored %s: %w: %w", what, err, contrechamp.ErrAltered)
	}
	return nil
}
