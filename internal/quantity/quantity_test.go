package quantity

import (
	"fmt"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// show writes what was found as the tables do: "[span] kind number-high qualifier currency flags", joined by "; ".
func show(text, language string) string {
	var out []string
	for _, f := range Find(text, word.Cut(nil, text), language) {
		s := "[" + text[f.Start:f.End] + "]"
		if f.Kind != Count {
			s += " " + f.Kind.String()
		}
		switch {
		case f.Vague:
			s += " vague"
		case f.High != 0:
			s += fmt.Sprintf(" %.15g..%.15g", f.Number, f.High)
		default:
			s += fmt.Sprintf(" %.15g", f.Number)
		}
		if f.Qualifier != contrechamp.Exactly {
			s += " " + string(f.Qualifier)
		}
		if f.Kind == Money {
			if f.Currency != "" {
				s += " " + f.Currency
			} else {
				s += " symbol " + f.Symbol
			}
		}
		if f.Kind == Measure {
			s += " " + f.Unit
		}
		if f.Year {
			s += " year"
		}
		if f.Weak {
			s += " weak"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

type row struct{ text, want string }

func check(t *testing.T, language string, rows []row) {
	t.Helper()
	for _, r := range rows {
		if got := show(r.text, language); got != r.want {
			t.Errorf("%s %q\n\tgot  %s\n\twant %s", language, r.text, got, r.want)
		}
	}
}
