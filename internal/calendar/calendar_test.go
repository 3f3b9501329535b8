package calendar

import (
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// show writes what was found as the tables do: "[span] date/end >next part cue flags", joined by "; ".
func show(text, language string, ref contrechamp.Date) string {
	var out []string
	for _, f := range Find(text, word.Cut(nil, text), language, ref) {
		s := "[" + text[f.Start:f.Span.End] + "] " + f.Date.String()
		if !f.End.IsZero() {
			s += "/" + f.End.String()
		}
		if f.Next != f.Date {
			s += " >" + f.Next.String()
		}
		if f.Part != Whole {
			s += " " + f.Part.String()
		}
		if f.Cue != NoCue {
			s += " " + f.Cue.String()
		}
		if f.Relative {
			s += " relative"
		}
		if f.Duration {
			s += " duration"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

type row struct{ text, want string }

func check(t *testing.T, language string, ref contrechamp.Date, rows []row) {
	t.Helper()
	for _, r := range rows {
		if got := show(r.text, language, ref); got != r.want {
			t.Errorf("%s %q\n\tgot  %s\n\twant %s", language, r.text, got, r.want)
		}
	}
}
