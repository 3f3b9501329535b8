package main

import (
	"fmt"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

func quoted(t *testing.T, body, words string) contrechamp.Sourced {
	t.Helper()
	at := strings.Index(body, words)
	q, err := contrechamp.QuoteAt(body, contrechamp.Span{Start: at, End: at + len(words)})
	if err != nil {
		t.Fatal(err)
	}
	return contrechamp.Sourced{Claim: contrechamp.Claim{Quote: q}}
}

func TestMarkedQuotesNestAndOverlap(t *testing.T) {
	body := "Huawei installe des caméras à Belgrade."
	claims := []contrechamp.Sourced{
		quoted(t, body, "Huawei installe des caméras à Belgrade"), quoted(t, body, "des caméras"), quoted(t, body, "caméras à Belgrade"),
	}
	got := marked(body, contrechamp.Span{Start: 0, End: len(body)}, claims, number1(claims))
	if want := "1⟦Huawei installe 2⟦des 3⟦caméras⟧ à Belgrade⟧⟧."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPrintableTakesOrdersToTheTerminalAway(t *testing.T) {
	if got := printable("a\x1b[31mb\u202ec\u00a0d\n"); got != "a�[31mb�c\u00a0d\n" {
		t.Errorf("got %q", got)
	}
}

func TestOneLine(t *testing.T) {
	if got := oneLine("  été \n comme  hiver ", 6); got != "été c…" {
		t.Errorf("got %q", got)
	}
}

func TestValueText(t *testing.T) {
	for _, tt := range []struct {
		claim contrechamp.Claim
		want  string
	}{
		{contrechamp.Claim{Value: contrechamp.Value{Number: 1000, Unit: "camera", Qualifier: contrechamp.About}}, "about 1,000 camera"},
		{contrechamp.Claim{Value: contrechamp.Value{Number: 39.59, Unit: "percent", Qualifier: contrechamp.Exactly}}, "39.59 %"},
		{contrechamp.Claim{Value: contrechamp.Value{Date: contrechamp.Date{Year: 2019, Month: 6}}}, "2019-06"},
		{contrechamp.Claim{Share: 40, Value: contrechamp.Value{Entity: &contrechamp.EntityRef{Names: []string{"CETC"}}}}, "CETC (40 %)"},
	} {
		if got := valueText(tt.claim); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestReasonOfDropsTheKind(t *testing.T) {
	err := contrechamp.WithHint(fmt.Errorf("the file is empty: %w", contrechamp.ErrInvalid), "x")
	if got := reasonOf(err); got != "the file is empty" {
		t.Errorf("got %q", got)
	}
}
