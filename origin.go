package contrechamp

import (
	"encoding/binary"
	"fmt"
	"sort"
)

// Origin says where in the captured bytes a stored text was found: runs that stand in both as they are, in the order
// of the text. What lies between two runs of the text stands for what lies between them in the capture: "é" for
// "&eacute;", one space for a line end and its indent. A run of no bytes is a mark that only parts what lies
// around it. An empty Origin says that it is not known.
type Origin []Run

// Run is Len bytes that stand at Text in the stored text and at Source in the capture.
type Run struct {
	Text, Source, Len int
}

// Source returns the bytes of the capture that s stands for: the smallest stretch that is known to hold it, with what
// stands between its pieces where they were put in another order. ok is
// false when nothing in the capture does, as for a title that only the page's head says.
func (o Origin) Source(s Span) (source Span, ok bool) {
	if s.Start >= s.End {
		return Span{}, false
	}
	first := sort.Search(len(o), func(i int) bool { return o[i].Text+o[i].Len > s.Start })
	last := sort.Search(len(o), func(i int) bool { return o[i].Text >= s.End }) - 1
	switch {
	case first < len(o) && o[first].Text <= s.Start:
		source.Start = o[first].Source + s.Start - o[first].Text
	default:
		// marks at s.Start itself, or the end of the run before it
		before := sort.Search(len(o), func(i int) bool { return o[i].Text > s.Start }) - 1
		if before < 0 {
			return Span{}, false
		}
		source.Start = o[before].Source + o[before].Len
	}
	switch {
	case last >= 0 && o[last].Text+o[last].Len >= s.End:
		source.End = o[last].Source + s.End - o[last].Text
	case last+1 < len(o):
		source.End = o[last+1].Source
	default:
		return Span{}, false
	}
	// runs that stand in another order in the capture, as columns do that were read one after the other: all of them
	for i := first; i <= last; i++ {
		from, to := max(s.Start, o[i].Text), min(s.End, o[i].Text+o[i].Len)
		if from < to {
			source.Start = min(source.Start, o[i].Source+from-o[i].Text)
			source.End = max(source.End, o[i].Source+to-o[i].Text)
		}
	}
	return source, source.Start < source.End
}

// AppendBinary appends o in a compact form that [ParseOrigin] reads: for each run three varints, the gap in the text
// since the run before, the gap in the capture (signed), the length. It never fails.
func (o Origin) AppendBinary(b []byte) ([]byte, error) {
	text, source := 0, 0
	for _, r := range o {
		b = binary.AppendUvarint(b, uint64(r.Text-text))
		b = binary.AppendVarint(b, int64(r.Source-source))
		b = binary.AppendUvarint(b, uint64(r.Len))
		text, source = r.Text+r.Len, r.Source+r.Len
	}
	return b, nil
}

// ParseOrigin reads what AppendBinary wrote: ErrAltered for anything else.
func ParseOrigin(b []byte) (Origin, error) {
	var o Origin
	text, source := 0, 0
	const most = 1 << 40 // bytes of a text or a capture
	for len(b) > 0 {
		gap, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, fmt.Errorf("origin of a text: cut short: %w", ErrAltered)
		}
		jump, m := binary.Varint(b[n:])
		if m <= 0 {
			return nil, fmt.Errorf("origin of a text: cut short: %w", ErrAltered)
		}
		size, k := binary.Uvarint(b[n+m:])
		if k <= 0 || gap > most || size > most || jump > most || jump < -most {
			return nil, fmt.Errorf("origin of a text: not what was written: %w", ErrAltered)
		}
		r := Run{Text: text + int(gap), Source: source + int(jump), Len: int(size)}
		if r.Source < 0 || r.Text > most || r.Source > most {
			return nil, fmt.Errorf("origin of a text: not what was written: %w", ErrAltered)
		}
		o = append(o, r)
		text, source = r.Text+r.Len, r.Source+r.Len
		b = b[n+m+k:]
	}
	return o, nil
}

// Through composes o, whose runs point into some bytes, with where those bytes stand in others.
func (o Origin) Through(next Origin) Origin {
	var out Origin
	add := func(r Run) {
		if k := len(out); k > 0 && (out[k-1].Text+out[k-1].Len > r.Text || out[k-1] == r) {
			return
		}
		out = append(out, r)
	}
	for _, r := range o {
		end := r.Source + r.Len
		// the first run of next that reaches r
		j := sort.Search(len(next), func(i int) bool { return next[i].Text+next[i].Len >= r.Source })
		if j > 0 && (j == len(next) || next[j].Text > r.Source) {
			// r begins between two runs: all that stands there may be what it begins with
			add(Run{Text: r.Text, Source: next[j-1].Source + next[j-1].Len})
		}
		for ; j < len(next) && next[j].Text <= end; j++ {
			n := next[j]
			from, to := max(r.Source, n.Text), min(end, n.Text+n.Len)
			add(Run{Text: r.Text + from - r.Source, Source: n.Source + from - n.Text, Len: to - from})
		}
		if j > 0 && j < len(next) && next[j-1].Text+next[j-1].Len < end {
			add(Run{Text: r.Text + r.Len, Source: next[j].Source})
		}
	}
	return out
}
