package osm

import "slices"

// table is what is known of a file's blobs after going through it once: enough to find the few that may hold an object.
// It takes 32 bytes a blob: some 40 MB for a planet of blobs with 8,000 objects each.
type table struct {
	rows     []row
	promised bool // the file says that it is sorted
}

type row struct {
	span
	first int64 // number of the first object, where one is known
	kinds Kinds
	flags uint8
}

const (
	firstKnown uint8 = 1 << iota
	wantedWays
)

func (t *table) add(f found, wanted bool) {
	r := row{span: f.span, kinds: f.kinds, first: f.first}
	if f.firstOK {
		r.flags |= firstKnown
	}
	if wanted {
		r.flags |= wantedWays
	}
	t.rows = append(t.rows, r)
}

// withWays answers the blobs in which wanted ways were met.
func (t *table) withWays() []span {
	var spans []span
	for _, r := range t.rows {
		if r.flags&wantedWays != 0 {
			spans = append(spans, r.span)
		}
	}
	return spans
}

// fetch calls read with the blobs that may hold objects of that kind with these sorted numbers. Where the file does not promise
// order and the blobs turn out to have none, or some object was not found, it calls read again with the blobs that were left out. read
// tells of each blob whether its objects rise, and the number of the last; all reports whether everything was found.
func (t *table) fetch(kind Kind, numbers []int64, all func() bool, read func(spans []span, seen func(s span, rises bool, last int64)) error) error {
	chosen, left, limits := t.choose(kind, numbers)
	ordered := true
	seen := func(s span, rises bool, last int64) {
		if limit, ok := limits[s.offset]; !rises || ok && last >= limit {
			ordered = false
		}
	}
	if err := read(chosen, seen); err != nil {
		return err
	}
	if len(left) == 0 || all() || t.promised && ordered {
		return nil
	}
	return read(left, func(span, bool, int64) {})
}

// choose parts the blobs of a kind into those that must be looked at and those that are left out; limits has for each blob
// the first number of the next.
func (t *table) choose(kind Kind, numbers []int64) (chosen, left []span, limits map[int64]int64) {
	var rows []row
	rise := true
	for _, r := range t.rows {
		if !r.kinds.Has(kind) {
			continue
		}
		if r.kinds != 1<<kind || r.flags&firstKnown == 0 || len(rows) > 0 && r.first <= rows[len(rows)-1].first {
			rise = false
		}
		rows = append(rows, r)
	}
	if !rise {
		for _, r := range rows {
			chosen = append(chosen, r.span)
		}
		return chosen, nil, nil
	}
	limits = map[int64]int64{}
	for i, r := range rows {
		from, _ := slices.BinarySearch(numbers, r.first)
		to := len(numbers)
		if i+1 < len(rows) {
			to, _ = slices.BinarySearch(numbers, rows[i+1].first)
		}
		if from == to {
			left = append(left, r.span)
			continue
		}
		if i+1 < len(rows) {
			limits[r.offset] = rows[i+1].first
		}
		chosen = append(chosen, r.span)
	}
	return chosen, left, limits
}
