package osm

import (
	"fmt"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
)

// Kinds is a set of kinds.
type Kinds uint8

// Sets of kinds.
const (
	Nodes     Kinds = 1 << Node
	Ways      Kinds = 1 << Way
	Relations Kinds = 1 << Relation
	AllKinds        = Nodes | Ways | Relations
)

// Has reports whether k is in the set.
func (s Kinds) Has(k Kind) bool { return s>>k&1 != 0 }

// Rule wants objects that have a tag. Its form as text is that of osmium tags-filter: "nwr/key=value,value", "w/key".
type Rule struct {
	Kinds  Kinds
	Key    string
	Values []string // any of these; any value at all if empty
}

// ParseRule reads "nw/highway=primary,secondary", "building" (of any kind), "r/type=enforcement": ErrInvalid else.
func ParseRule(s string) (Rule, error) {
	bad := func(why string) (Rule, error) {
		return Rule{}, contrechamp.WithHint(fmt.Errorf("rule %q: %s: %w", s, why, contrechamp.ErrInvalid),
			"nwr/man_made=surveillance: of n, w, r those wanted, a slash, a key, and perhaps = and values with commas between")
	}
	r := Rule{Kinds: AllKinds}
	rest := s
	if kinds, after, found := strings.Cut(s, "/"); found && !strings.Contains(kinds, "=") {
		r.Kinds, rest = 0, after
		for _, c := range kinds {
			i := strings.IndexRune("nwr", c)
			if i < 0 {
				return bad("there is no kind " + string(c))
			}
			r.Kinds |= 1 << (Node + Kind(i))
		}
	}
	key, values, found := strings.Cut(rest, "=")
	r.Key = key
	switch {
	case key == "":
		return bad("no key")
	case r.Kinds == 0:
		return bad("no kind of object")
	case strings.HasSuffix(key, "!") || strings.Contains(rest, "*"):
		return bad("neither != nor * is known here")
	case found && values == "":
		return bad("no value after =")
	case found:
		r.Values = strings.Split(values, ",")
	}
	return r, nil
}

// String writes the form that ParseRule reads.
func (r Rule) String() string {
	var b strings.Builder
	for i, k := range []Kind{Node, Way, Relation} {
		if r.Kinds.Has(k) {
			b.WriteByte("nwr"[i])
		}
	}
	b.WriteString("/" + r.Key)
	if len(r.Values) > 0 {
		b.WriteString("=" + strings.Join(r.Values, ","))
	}
	return b.String()
}

// Filter wants objects that one of its rules wants.
type Filter []Rule

// ParseFilter reads rules, one a string.
func ParseFilter(rules ...string) (Filter, error) {
	var f Filter
	for _, s := range rules {
		r, err := ParseRule(s)
		if err != nil {
			return nil, err
		}
		f = append(f, r)
	}
	return f, nil
}

// Wants reports whether an object of that kind with these tags is wanted.
func (f Filter) Wants(k Kind, tags Tags) bool {
	for _, r := range f {
		if !r.Kinds.Has(k) {
			continue
		}
		for _, t := range tags {
			if t.Key == r.Key && (len(r.Values) == 0 || slices.Contains(r.Values, t.Value)) {
				return true
			}
		}
	}
	return false
}

// kinds returns the kinds that any rule is about.
func (f Filter) kinds() Kinds {
	var s Kinds
	for _, r := range f {
		s |= r.Kinds
	}
	return s
}
