package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Entry is an entity with the names by which it is found.
type Entry struct {
	Entity contrechamp.Entity
	Forms  []FormText
	Role   Role
}

// FormText is a name as it is written in a data file.
type FormText struct {
	Text     string
	Language string // "" for names that every language uses
	// Ambiguous: also a common word, or an acronym of many things.
	Ambiguous bool
	// Exact: found in this spelling only. Acronyms of up to five capitals are exact without being told.
	Exact bool
	// Demonym: the adjective or the people of a country.
	Demonym bool
}

// maxForm is the length of the longest name, in bytes: the key's length is kept in 16 bits, and no name is longer.
const maxForm = 400

// New makes a lexicon of the entries, for tests and for small sets; the entities are numbered in their order.
func New(entries []Entry) (*Lexicon, error) {
	b := newBuilder(len(entries) * 4)
	for _, e := range entries {
		if err := b.add(e); err != nil {
			return nil, fmt.Errorf("lexicon: entity %q: %w", e.Entity.ID, err)
		}
	}
	return b.done(), nil
}

// builder gathers names and then lays them out.
type builder struct {
	lex     *Lexicon
	records []record
	blob    strings.Builder
	tokens  []word.Token
	prefix  int // words of all names: at most so many slots are taken
	chain   []int32
}

// record is one form of one entity.
type record struct {
	key      uint32
	spelling uint32
	keyLen   uint16
	length   uint16
	entity   int32
	next     int32 // the next record with the same key, plus one
	flags    recordFlags
}

type recordFlags uint8

const (
	ambiguous recordFlags = 1 << iota
	exact
	capital
	demonym
	common
	du
	des
)

func newBuilder(names int) *builder {
	b := &builder{
		lex:     &Lexicon{ids: map[string]int32{}, roles: map[string]Role{}},
		records: make([]record, 0, names),
	}
	const keyLength = 13 // of most names, with what the longer ones need
	b.blob.Grow(names * keyLength)
	return b
}

// add takes one entity that is kept whole.
func (b *builder) add(e Entry) error {
	if e.Entity.ID == "" || e.Entity.Kind == "" || e.Entity.Name == "" {
		return fmt.Errorf("it lacks an id, a kind or a name: %w", contrechamp.ErrInvalid)
	}
	if _, twice := b.lex.ids[e.Entity.ID]; twice {
		return fmt.Errorf("the id stands twice: %w", contrechamp.ErrInvalid)
	}
	n := int32(len(b.lex.entities))
	b.lex.ids[e.Entity.ID] = n
	b.lex.entities = append(b.lex.entities, e.Entity)
	if e.Role != "" {
		b.lex.roles[e.Entity.ID] = e.Role
	}
	for _, f := range e.Forms {
		if err := b.form(n, e.Entity.Kind, f); err != nil {
			return err
		}
	}
	return nil
}

// form takes one name of entity n.
func (b *builder) form(n int32, kind contrechamp.EntityKind, f FormText) error {
	flags := flagsOf(kind, f)
	return b.name(n, f.Text, flags)
}

// flagsOf says what a form asks of the text.
func flagsOf(kind contrechamp.EntityKind, f FormText) (flags recordFlags) {
	upper := startsUpper(f.Text)
	if f.Ambiguous {
		flags |= ambiguous
	}
	if f.Demonym {
		flags |= demonym
	}
	switch {
	case f.Exact || acronym(f.Text):
		flags |= exact
	case kind == contrechamp.KindCapability:
		flags |= common
	case upper:
		flags |= capital
	case !f.Demonym && kind != contrechamp.KindCompany && kind != contrechamp.KindProduct && kind != contrechamp.KindPlace:
		flags |= common
	}
	return flags
}

// acronym reports whether a name is two to five capitals and figures.
func acronym(s string) bool {
	if len(s) < 2 || len(s) > 5 {
		return false
	}
	letters := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			letters++
		case c < '0' || c > '9':
			return false
		}
	}
	return letters > 0
}

// startsUpper reports whether the first word behind an article starts with a capital.
func startsUpper(s string) bool {
	if s != "" && 'A' <= s[0] && s[0] <= 'Z' {
		return true
	}
	var buf [8]word.Token
	toks := word.Cut(buf[:0], s)
	first := nextWord(s, toks, 0)
	return first < len(toks) && significantUpper(s, toks, first, len(toks))
}

// name takes one name under its flags.
func (b *builder) name(n int32, text string, flags recordFlags) error {
	if len(text) > maxForm {
		return fmt.Errorf("the name %.40q… is longer than %d bytes: %w", text, maxForm, contrechamp.ErrInvalid)
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("the name %q is not UTF-8: %w", text, contrechamp.ErrInvalid)
	}
	b.tokens = word.Cut(b.tokens[:0], text)
	toks := b.tokens
	first := nextWord(text, toks, 0)
	if first == len(toks) || toks[first].Kind == word.Punct {
		return fmt.Errorf("the name %q starts with no word: %w", text, contrechamp.ErrInvalid)
	}
	if strings.TrimFunc(text, unicode.IsSpace) != text {
		return fmt.Errorf("the name %q has white space at an end: %w", text, contrechamp.ErrInvalid)
	}
	r := record{entity: n, flags: flags, key: uint32(b.blob.Len())}
	var buf [maxForm]byte
	for i := first; ; {
		w := appendWord(buf[:0], toks[i].Of(text))
		if flags&common != 0 {
			w = singular(w)
		}
		b.blob.Write(w)
		b.prefix++
		next := nextWord(text, toks, i+1)
		if next == len(toks) {
			break
		}
		g := gapOf(text[toks[i].End:toks[next].Start])
		if g == gapHard {
			return fmt.Errorf("the name %q has a mark that no name goes on over: %w", text, contrechamp.ErrInvalid)
		}
		b.blob.WriteByte(gapMarks[g])
		i = next
	}
	r.keyLen = uint16(b.blob.Len() - int(r.key))
	if flags&exact != 0 {
		r.spelling = uint32(b.blob.Len())
		for i := first; i < len(toks); i = nextWord(text, toks, i+1) {
			if i > first {
				b.blob.WriteByte(' ')
			}
			b.blob.WriteString(toks[i].Of(text))
		}
		r.length = uint16(b.blob.Len() - int(r.spelling))
	}
	b.records = append(b.records, r)
	return nil
}

// done lays the names out and returns the lexicon.
func (b *builder) done() *Lexicon {
	l := b.lex
	l.blob = b.blob.String()
	size := 1
	for size < b.prefix*3/2+8 {
		size *= 2
	}
	l.table, l.mask = make([]slot, size), uint64(size-1)
	few := len(b.records) / 8
	l.lower, l.common, l.article = newFilter(few), newFilter(few), newFilter(8)
	l.finals = make([]final, 0, len(b.records))
	b.chain = make([]int32, 0, len(b.records))
	for i := range b.records {
		b.insert(int32(i))
	}
	l.filterPrefixes()
	b.layOut()
	return l
}

// insert files a record under its key and opens the prefixes on the way.
func (b *builder) insert(i int32) {
	l, r := b.lex, &b.records[i]
	key := l.blob[r.key : r.key+uint32(r.keyLen)]
	isCommon := r.flags&common != 0
	var node uint64
	for rest, n, gap := key, 0, 0; ; n++ {
		end := strings.IndexAny(rest, gapMarks)
		w := rest
		if end >= 0 {
			w = rest[:end]
		}
		h := hashString(w)
		if n == 0 {
			node = enter(h, isCommon)
			b.start(h, key, r)
		} else {
			node = step(node, gap, h)
		}
		if end < 0 {
			break
		}
		l.open(node)
		gap = strings.IndexByte(gapMarks, rest[end])
		rest = rest[end+1:]
	}
	at := l.close(node, key, isCommon)
	if at == len(b.chain) {
		l.finals[at].key, l.finals[at].keyLen, l.finals[at].common = r.key, r.keyLen, isCommon
		b.chain = append(b.chain, 0)
	}
	r.next = b.chain[at]
	b.chain[at] = i + 1
}

// filterPrefixes makes the filter of all prefixes, when the table has them.
func (x *index) filterPrefixes() {
	n := 0
	for _, s := range x.table {
		if s.state != 0 {
			n++
		}
	}
	x.prefixes = newFilter(n)
	for _, s := range x.table {
		if s.state != 0 {
			x.prefixes.add(s.tag)
		}
	}
}

// start tells the filters how a name may start.
func (b *builder) start(h uint32, key string, r *record) {
	l := b.lex
	first := key
	if end := strings.IndexAny(key, gapMarks); end >= 0 {
		first = key[:end]
	}
	if r.flags&common != 0 {
		l.common.add(h)
		l.heads.add(first)
		return
	}
	needsCapital := r.flags&capital != 0
	if needsCapital && first != key && articles[first] {
		l.article.add(h)
		l.heads.add(first)
	}
	if r.flags&exact != 0 {
		c, _ := utf8.DecodeRuneInString(l.blob[r.spelling:])
		needsCapital = unicode.IsUpper(c)
	}
	if !needsCapital {
		l.lower.add(h)
		l.heads.add(first)
	}
}

func hashString(w string) uint32 {
	h := hashStart
	for i := 0; i < len(w); i++ {
		h = (h ^ uint32(w[i])) * hashPrime
	}
	return h
}

// open notes that names go on from a prefix.
func (x *index) open(node uint64) {
	tag := uint32(node >> 32)
	for at := node & x.mask; ; at = (at + 1) & x.mask {
		s := &x.table[at]
		if s.state == 0 {
			*s = slot{tag, slotKnown | slotMore}
			return
		}
		if s.tag == tag {
			s.state |= slotMore
			return
		}
	}
}

// close returns the number of the name that ends at a prefix, a new one when there was none.
func (x *index) close(node uint64, key string, isCommon bool) int {
	tag := uint32(node >> 32)
	for at := node & x.mask; ; at = (at + 1) & x.mask {
		s := &x.table[at]
		if s.state != 0 && s.tag != tag {
			continue
		}
		if n := s.state >> slotShift; n != 0 {
			f := &x.finals[n-1]
			if f.common == isCommon && x.blob[f.key:f.key+uint32(f.keyLen)] == key {
				return int(n - 1)
			}
			continue // another name of the same hash
		}
		x.finals = append(x.finals, final{})
		s.tag = tag
		s.state |= slotKnown | uint32(len(x.finals))<<slotShift
		return len(x.finals) - 1
	}
}

// layOut writes the forms of each name, grouped by what they ask of the text.
func (b *builder) layOut() {
	l := b.lex
	l.formed = make([]Form, 0, len(b.records)+len(b.records)/16)
	l.groups = make([]group, 0, 2*len(l.finals)+len(l.finals)/32+64)
	var recs []record
	for i := range l.finals {
		f := &l.finals[i]
		recs = recs[:0]
		for n := b.chain[i]; n != 0; n = b.records[n-1].next {
			recs = append(recs, b.records[n-1])
		}
		if !f.common {
			recs = b.joinCommon(recs, f)
		}
		slices.SortStableFunc(recs, b.likelier)
		b.groupsOf(f, recs)
	}
}

// joinCommon adds the common nouns that read like a proper name, so that one match has all readings.
func (b *builder) joinCommon(recs []record, f *final) []record {
	l := b.lex
	key := l.blob[f.key : f.key+uint32(f.keyLen)]
	var folded strings.Builder
	var node uint64
	for n, gap := 0, 0; ; n++ {
		end := strings.IndexAny(key, gapMarks)
		w := key
		if end >= 0 {
			w = key[:end]
		}
		w = singular(w)
		folded.WriteString(w)
		if n == 0 {
			if !l.common.has(hashString(w)) {
				return recs
			}
			node = enter(hashString(w), true)
		} else {
			node = step(node, gap, hashString(w))
		}
		if end < 0 {
			break
		}
		folded.WriteByte(key[end])
		gap = strings.IndexByte(gapMarks, key[end])
		key = key[end+1:]
	}
	tag := uint32(node >> 32)
	for at := node & l.mask; l.table[at].state != 0; at = (at + 1) & l.mask {
		s := l.table[at]
		if n := s.state >> slotShift; s.tag == tag && n != 0 {
			if o := &l.finals[n-1]; o.common && l.blob[o.key:o.key+uint32(o.keyLen)] == folded.String() {
				for c := b.chain[n-1]; c != 0; c = b.records[c-1].next {
					recs = append(recs, b.records[c-1])
				}
			}
		}
	}
	return recs
}

// groupsOf writes the groups of one name.
func (b *builder) groupsOf(f *final, recs []record) {
	l := b.lex
	f.groups = uint32(len(l.groups))
	low := b.group(recs, func(r record) bool { return r.flags&(exact|capital|du|des) == 0 })
	up := b.group(recs, func(r record) bool { return r.flags&(exact|du|des) == 0 })
	l.groups = append(l.groups, low, up)
	for i, r := range recs {
		if r.flags&exact == 0 || slices.ContainsFunc(recs[:i], func(o record) bool { return o.flags&exact != 0 && b.spelling(o) == b.spelling(r) }) {
			continue
		}
		spelling := b.spelling(r)
		upper := startsUpper(spelling)
		g := b.group(recs, func(o record) bool {
			switch {
			case o.flags&exact != 0:
				return b.spelling(o) == spelling
			case o.flags&(du|des) != 0:
				return false
			}
			return o.flags&capital == 0 || upper
		})
		g.when, g.spelling, g.length = spelt, r.spelling, r.length
		l.groups = append(l.groups, g)
		f.extra++
	}
	for _, c := range []struct {
		flag recordFlags
		when condition
	}{{du, afterDu}, {des, afterDes}} {
		if !slices.ContainsFunc(recs, func(r record) bool { return r.flags&c.flag != 0 }) {
			continue
		}
		g := b.group(recs, func(r record) bool { return r.flags&exact == 0 && r.flags&(du|des)&^c.flag == 0 })
		g.when = c.when
		l.groups = append(l.groups, g)
		f.extra++
	}
}

func (b *builder) spelling(r record) string {
	return b.lex.blob[r.spelling : r.spelling+uint32(r.length)]
}

// group writes the forms that hold, each entity once: its name before its demonym, the sure form before the
// ambiguous one.
func (b *builder) group(recs []record, holds func(record) bool) group {
	l := b.lex
	from := len(l.formed)
	for _, r := range recs {
		if !holds(r) || slices.ContainsFunc(l.formed[from:], func(f Form) bool { return f.Entity == r.entity }) {
			continue
		}
		l.formed = append(l.formed, Form{
			Entity: r.entity, Ambiguous: r.flags&ambiguous != 0, Exact: r.flags&exact != 0,
			Capital: r.flags&capital != 0, Demonym: r.flags&demonym != 0,
		})
	}
	return group{from: uint32(from), n: uint16(len(l.formed) - from)}
}

// likelier puts bodies and firms before places, large places before small ones, and of one entity the exact
// spelling, the name, the sure form first.
func (b *builder) likelier(a, c record) int {
	if a.entity == c.entity {
		return cmp.Or(cmp.Compare(c.flags&exact, a.flags&exact), cmp.Compare(a.flags&demonym, c.flags&demonym),
			cmp.Compare(a.flags&ambiguous, c.flags&ambiguous))
	}
	return cmp.Or(cmp.Compare(b.weight(c.entity), b.weight(a.entity)), cmp.Compare(a.entity, c.entity))
}

// weight is how likely an entity is meant by its name.
func (b *builder) weight(i int32) int64 {
	l := b.lex
	if p := int(i) - len(l.entities); p >= 0 {
		return l.places.weight(p)
	}
	if e := &l.entities[i]; e.Kind == contrechamp.KindPlace && e.Within != "" {
		return regionWeight
	}
	const above = 1 << 36 // more than any place has people
	return above
}
