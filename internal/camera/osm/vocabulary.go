package osm

// vocabulary is a filter made ready for looking it up in the string tables of blobs: every wanted key and value has a
// number, from 1.
type vocabulary struct {
	numbers map[string]uint16
	lengths [256]bool // lengths of the wanted strings, the last for all that are longer
	first   [256]bool // their first bytes
	rules   []numbered
	byKey   [][]int // by the number of a key: the rules about it
}

// numbered is a rule with numbers for strings.
type numbered struct {
	kinds  Kinds
	key    uint16
	any    bool
	values []bool // by number
}

func newVocabulary(f Filter) *vocabulary {
	v := &vocabulary{numbers: map[string]uint16{}}
	for _, r := range f {
		v.number(r.Key)
		for _, value := range r.Values {
			v.number(value)
		}
	}
	v.byKey = make([][]int, len(v.numbers)+1)
	for i, r := range f {
		n := numbered{kinds: r.Kinds, key: v.number(r.Key), any: len(r.Values) == 0, values: make([]bool, len(v.numbers)+1)}
		for _, value := range r.Values {
			n.values[v.number(value)] = true
		}
		v.rules = append(v.rules, n)
		v.byKey[n.key] = append(v.byKey[n.key], i)
	}
	return v
}

func (v *vocabulary) number(s string) uint16 {
	n, found := v.numbers[s]
	if !found {
		n = uint16(len(v.numbers) + 1)
		v.numbers[s] = n
		v.lengths[min(len(s), 255)] = true
		if s != "" {
			v.first[s[0]] = true
		}
	}
	return n
}

// lookUp answers the number of a string, 0 if it is not wanted.
func (v *vocabulary) lookUp(s []byte) uint16 {
	if !v.lengths[min(len(s), 255)] || len(s) > 0 && !v.first[s[0]] {
		return 0
	}
	return v.numbers[string(s)]
}

// possible answers the kinds of objects that may be wanted where the strings that were seen are all there are.
func (v *vocabulary) possible(seen []bool) Kinds {
	var kinds Kinds
	for i := range v.rules {
		r := &v.rules[i]
		if !seen[r.key] {
			continue
		}
		hit := r.any
		for n := 1; !hit && n < len(seen); n++ {
			hit = seen[n] && r.values[n]
		}
		if hit {
			kinds |= r.kinds
		}
	}
	return kinds
}

// wants reports whether a tag, given by the numbers of its strings, makes an object of that kind wanted.
func (v *vocabulary) wants(k Kind, key, value uint16) bool {
	for _, i := range v.byKey[key] {
		r := &v.rules[i]
		if r.kinds.Has(k) && (r.any || r.values[value]) {
			return true
		}
	}
	return false
}
