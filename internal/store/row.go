package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

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
	if err != nil {
		return d, fmt.Errorf("stored digest %q: %w", s, contrechamp.ErrAltered)
	}
	return d, nil
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
