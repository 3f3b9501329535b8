package contrechamp

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestDateRoundTrip(t *testing.T) {
	for _, s := range []string{"2021", "2021-06", "2021-06-23", "2020-02-29"} {
		d, err := ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "21", "2021-13", "2021-02-29", "2021/06", "2021-06-00", "+021", "2021-06-2x", "0000"} {
		if d, err := ParseDate(s); !errors.Is(err, ErrInvalid) {
			t.Errorf("ParseDate(%q) = %v, %v, want ErrInvalid", s, d, err)
		}
	}
}

func TestDateOrder(t *testing.T) {
	ordered := []Date{{Year: 2019}, {Year: 2021}, {2021, 6, 0}, {2021, 6, 1}, {2021, 6, 23}, {2022, 1, 1}}
	for i := range ordered {
		for j := range ordered {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := ordered[i].Compare(ordered[j]); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", ordered[i], ordered[j], got, want)
			}
		}
	}
	if !(Date{2021, 6, 0}).Contains(Date{2021, 6, 23}) || (Date{2021, 6, 23}).Contains(Date{2021, 6, 0}) {
		t.Error("a month contains its days, a day does not contain its month")
	}
}

func TestDigestRoundTrip(t *testing.T) {
	d := Sum([]byte("contrechamp"))
	got, err := ParseDigest(d.String())
	if err != nil || got != d {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := ParseDigest("zz"); !errors.Is(err, ErrInvalid) {
		t.Errorf("got %v, want ErrInvalid", err)
	}
}

func TestQuoteAtCutsAtCharacters(t *testing.T) {
	body := strings.Repeat("é", 40) + "mots" + strings.Repeat("à", 40)
	start := strings.Index(body, "mots")
	q, err := QuoteAt(body, Span{start, start + 4})
	if err != nil {
		t.Fatal(err)
	}
	if q.Exact != "mots" || strings.Trim(q.Prefix, "é") != "" || strings.Trim(q.Suffix, "à") != "" || !q.FoundIn(body) {
		t.Errorf("got %+v", q)
	}
	for _, s := range []Span{{-1, 2}, {2, 2}, {0, len(body) + 1}} {
		if _, err := QuoteAt(body, s); !errors.Is(err, ErrInvalid) {
			t.Errorf("QuoteAt(%v): %v, want ErrInvalid", s, err)
		}
	}
}

func TestClaimIDDependsOnWhatIsSaid(t *testing.T) {
	c := Claim{About: []EntityRef{{ID: "a"}, {ID: "b"}}, Predicate: Vendor, Value: Value{Entity: &EntityRef{ID: "v"}}}
	same, other := c, c
	same.About = []EntityRef{{ID: "b"}, {ID: "a"}}
	same.Confidence = 0.5
	other.Modality = Denied
	if ClaimID(c) != ClaimID(same) || ClaimID(c) == ClaimID(other) || len(ClaimID(c)) != 17 {
		t.Errorf("got %s, %s, %s", ClaimID(c), ClaimID(same), ClaimID(other))
	}
}

func TestHint(t *testing.T) {
	err := fmt.Errorf("add: %w", WithHint(fmt.Errorf("folder: %w", ErrNotFound), "ls"))
	if Hint(err) != "ls" || !errors.Is(err, ErrNotFound) || Hint(ErrInvalid) != "" || WithHint(nil, "x") != nil {
		t.Errorf("got %q of %v", Hint(err), err)
	}
}

func TestRecordShape(t *testing.T) {
	c := Claim{ID: "c1", About: []EntityRef{{ID: "place-rs-belgrade", Names: []string{"Belgrade", "Beograd"}}},
		Predicate: DeviceCount, Value: Value{Number: 1000, Unit: "camera", Qualifier: About}, Modality: Asserted,
		Quote: Quote{Exact: "Un millier de caméras", Start: 3, End: 25}, State: Proposed}
	b, err := json.Marshal(RecordOf(c, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"about":["place-rs-belgrade","Belgrade","Beograd"]`, `"value":{"number":1000,"unit":"camera","qualifier":"about"}`,
		`"speaker":null`, `"when":null`, `"document":"a.txt"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("record %s lacks %s", b, want)
		}
	}
}
