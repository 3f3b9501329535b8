// Package claimtest has what tests of the rooms of package claim share: an engine with the program's own rules and lexicon, and texts made of lines.
package claimtest

import (
	"context"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/word"
)

// Engine is one with the program's own rules and lexicon.
func Engine(t testing.TB) *claim.Engine {
	t.Helper()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	e, err := claim.New(l)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Article makes a text of the lines of a file: its first one is the title. It is of 14 May 2024.
func Article(body, language string) contrechamp.Text {
	text := contrechamp.Text{Body: body, Language: language, Published: contrechamp.Published{Date: contrechamp.Date{Year: 2024, Month: 5, Day: 14}}}
	at := 0
	for _, line := range strings.SplitAfter(body, "\n") {
		end := at + len(strings.TrimRight(line, "\n"))
		if end > at {
			role := contrechamp.RoleBody
			if at == 0 {
				role = contrechamp.RoleTitle
			}
			text.Paragraphs = append(text.Paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: at, End: end}, Role: role, Language: language})
		}
		at += len(line)
	}
	return text
}

// Proposed are the claims of a text.
func Proposed(t testing.TB, e *claim.Engine, text contrechamp.Text) []contrechamp.Claim {
	t.Helper()
	claims, _, err := e.Propose(context.Background(), text, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

// Claims are the claims of a text, the unsure ones too.
func Claims(t testing.TB, e *claim.Engine, text contrechamp.Text) []contrechamp.Claim {
	t.Helper()
	all, err := e.Candidates(context.Background(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	out := make([]contrechamp.Claim, len(all))
	for i, c := range all {
		out[i] = c.Claim
	}
	return out
}

// Read is a text with all that the rooms find in it.
func Read(t testing.TB, e *claim.Engine, text contrechamp.Text) *weigh.Doc {
	t.Helper()
	d, err := e.Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// SameName compares names of entities, those of the lexicon in other languages too.
func SameName(e *claim.Engine, a, b string) bool {
	if word.Key(a) == word.Key(b) {
		return true
	}
	for _, i := range e.Lexicon().ByName(b) {
		for _, n := range e.Lexicon().Entity(i).Ref().Names {
			if word.Key(n) == word.Key(a) {
				return true
			}
		}
	}
	return false
}

// ValueOf is the value of a claim: the ID of what it names, a date, a number with its unit, a sum with its currency.
func ValueOf(c contrechamp.Claim) string {
	switch {
	case c.Value.Entity != nil:
		return c.Value.Entity.ID
	case !c.Value.Date.IsZero():
		return c.Value.Date.String()
	}
	return strings.TrimPrefix(c.Value.Key(), map[bool]string{true: "n:"}[c.Predicate == contrechamp.Cost])
}
