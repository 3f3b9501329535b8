package osm

import (
	"context"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"sync/atomic"
)

// gathering is one going-through of a file for what a filter wants.
type gathering struct {
	f      *File
	filter Filter
	words  *vocabulary
	fn     func(*Feature) error

	objects     int   // given out
	done, total int64 // bytes

	relations []problemOf // wanted, kept until the end
	wantWays  bool        // wanted ways were met
	members   []int64     // numbers of ways that wanted relations are made of, sorted
	lines     map[int64][]int64
	nodes     positions
}

// problemOf is an element with where it stands, for what may be said of it.
type problemOf struct {
	*Element
	offset int64
}

// first takes an element that was met on the first way through the file.
func (g *gathering) first(offset int64, e *Element) error {
	switch e.Kind {
	case Node:
		if !e.Point.onGlobe() && !e.Deleted {
			g.problem(offset, e.ID, fmt.Sprintf("latitude %g, longitude %g is not on the globe; passed over", e.Point.Lat, e.Point.Lon))
			return nil
		}
		return g.give(&Feature{Element: *e, Offset: offset})
	case Way:
		g.wantWays = true
		g.nodes.numbers = append(g.nodes.numbers, e.Refs...)
	case Relation:
		g.relations = append(g.relations, problemOf{e, offset})
		needed := e.Members
		if g.f.Members != nil {
			needed = g.f.Members(e)
		}
		for _, m := range needed {
			switch m.Kind {
			case Node:
				g.nodes.numbers = append(g.nodes.numbers, m.Number)
			case Way:
				g.members = append(g.members, m.Number)
			}
		}
	}
	return nil
}

// askForMembers ends the first way through: the ways that relations are made of are known by now.
func (g *gathering) askForMembers() {
	slices.Sort(g.members)
	g.members = slices.Compact(g.members)
	g.lines = make(map[int64][]int64, len(g.members))
}

// memberWay takes a way that a relation is made of.
func (g *gathering) memberWay(e *Element) {
	g.lines[e.Number] = e.Refs
	g.nodes.numbers = append(g.nodes.numbers, e.Refs...)
}

// way takes a wanted way, now that the nodes are known.
func (g *gathering) way(offset int64, e *Element) error {
	ft := &Feature{Element: *e, Offset: offset}
	ft.Line, ft.Missing = g.nodes.line(e.Refs)
	if e.Deleted {
		return g.give(ft)
	}
	switch {
	case len(e.Refs) == 0:
		g.problem(offset, e.ID, "a way without nodes: it is nowhere")
	case len(ft.Line) == 0:
		g.problem(offset, e.ID, fmt.Sprintf("none of its %d nodes is in the file: it is nowhere", len(e.Refs)))
	}
	if !g.onGlobe(offset, e.ID, ft.Line) {
		return nil
	}
	return g.give(ft)
}

func (g *gathering) onGlobe(offset int64, id ID, line []Point) bool {
	for _, p := range line {
		if !p.onGlobe() {
			g.problem(offset, id, fmt.Sprintf("it has a node at latitude %g, longitude %g, which is not on the globe; passed over", p.Lat, p.Lon))
			return false
		}
	}
	return true
}

// last gives out the relations.
func (g *gathering) last() error {
	for _, r := range g.relations {
		ft := &Feature{Element: *r.Element, Offset: r.offset}
		good := true
		for i := range ft.Members {
			m := &ft.Members[i]
			switch m.Kind {
			case Node:
				if p, ok := g.nodes.get(m.Number); ok {
					m.Points = []Point{p}
				} else {
					ft.Missing++
				}
			case Way:
				if refs, ok := g.lines[m.Number]; ok {
					var missing int
					m.Points, missing = g.nodes.line(refs)
					ft.Missing += missing
				} else {
					ft.Missing++
				}
			case Relation:
				ft.Missing++
			}
			good = good && g.onGlobe(r.offset, r.ID, m.Points)
		}
		if !good {
			continue
		}
		if err := g.give(ft); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) give(ft *Feature) error {
	g.objects++
	return g.fn(ft)
}

func (g *gathering) problem(offset int64, id ID, what string) {
	if g.f.Problem != nil {
		g.f.Problem(Problem{ID: id, Offset: offset, What: what})
	}
}

// step tells that n more bytes are done.
func (g *gathering) step(n int64) {
	g.done += n
	if g.f.Progress != nil {
		g.f.Progress(g.done, max(g.total, g.done), g.objects)
	}
}

// pbf goes through a PBF file.
func (g *gathering) pbf(ctx context.Context) error {
	hands := g.f.hands()
	g.total = g.f.length
	t := table{promised: g.f.Header.Sorted}
	g.step(g.f.data)
	if err := g.scan(ctx, hands, &t); err != nil {
		return err
	}
	g.askForMembers()
	if len(g.members) > 0 {
		if err := g.fetchMembers(ctx, hands, &t); err != nil {
			return err
		}
	}
	g.nodes.ready()
	if len(g.nodes.numbers) > 0 {
		if err := g.fetchNodes(ctx, hands, &t); err != nil {
			return err
		}
	}
	if g.wantWays {
		if err := g.again(ctx, hands, &t); err != nil {
			return err
		}
	}
	return g.last()
}

// scan looks at every blob once.
func (g *gathering) scan(ctx context.Context, hands []*hand, t *table) error {
	offset := g.f.data
	var over atomic.Bool
	upTo := Kinds(1<<bits.Len8(uint8(g.filter.kinds())) - 1) // the wanted kinds and those before them
	r := run[found]{
		next: func(h *hand) (span, error) {
			for {
				if over.Load() {
					return span{}, io.EOF
				}
				s, kind, err := h.locate(offset)
				if err != nil {
					return span{}, err
				}
				offset = s.end()
				switch kind {
				case "OSMData":
					return s, nil
				case "OSMHeader":
					return span{}, damaged(s.offset, "a second OSMHeader: files joined end to end")
				}
				// Blobs of other kinds may come to be: readers pass over them.
			}
		},
		work: func(h *hand, s span) (found, error) { return h.glance(s, g.words) },
		give: func(s span, f found) error {
			ways := false
			for _, e := range f.wanted {
				ways = ways || e.Kind == Way
				if err := g.first(s.offset, e); err != nil {
					return err
				}
			}
			t.add(f, ways)
			if g.f.Header.Sorted && f.kinds != 0 && f.kinds&upTo == 0 {
				over.Store(true) // nothing but kinds behind those that are wanted can follow
			}
			g.step(int64(s.head) + int64(s.size))
			return nil
		},
	}
	return r.do(ctx, hands)
}

// fetchMembers finds the ways that wanted relations are made of.
func (g *gathering) fetchMembers(ctx context.Context, hands []*hand, t *table) error {
	type lines struct {
		ways  []Element
		rises bool
		last  int64
	}
	return t.fetch(Way, g.members, func() bool { return len(g.lines) == len(g.members) }, func(spans []span, seen func(s span, rises bool, last int64)) error {
		g.expect(spans)
		r := run[lines]{
			next: listed(spans),
			work: func(h *hand, s span) (l lines, err error) {
				if err = h.load(s); err == nil {
					l.ways, l.rises, l.last, err = h.block.lines(g.members)
					err = at(s, err)
				}
				return l, err
			},
			give: func(s span, l lines) error {
				for i := range l.ways {
					g.memberWay(&l.ways[i])
				}
				seen(s, l.rises, l.last)
				g.step(int64(s.size))
				return nil
			},
		}
		return r.do(ctx, hands)
	})
}

// fetchNodes finds the positions of the nodes that are needed.
func (g *gathering) fetchNodes(ctx context.Context, hands []*hand, t *table) error {
	type filled struct {
		rises bool
		last  int64
	}
	return t.fetch(Node, g.nodes.numbers, g.nodes.all, func(spans []span, seen func(s span, rises bool, last int64)) error {
		g.expect(spans)
		r := run[filled]{
			next: listed(spans),
			work: func(h *hand, s span) (f filled, err error) {
				if err = h.load(s); err == nil {
					f.rises, f.last, err = h.block.fill(&g.nodes)
					err = at(s, err)
				}
				return f, err
			},
			give: func(s span, f filled) error {
				seen(s, f.rises, f.last)
				g.step(int64(s.size))
				return nil
			},
		}
		return r.do(ctx, hands)
	})
}

// again decodes the blobs with wanted ways a second time, now that their nodes are known: keeping the ways of a whole country
// in memory would cost more.
func (g *gathering) again(ctx context.Context, hands []*hand, t *table) error {
	spans := t.withWays()
	g.expect(spans)
	r := run[[]*Element]{
		next: listed(spans),
		work: func(h *hand, s span) (ways []*Element, err error) {
			if err = h.load(s); err != nil {
				return nil, err
			}
			h.clear(g.words)
			if err = h.block.index(g.words, h.seen); err == nil {
				err = h.block.wanted(g.words, Ways, func(e *Element) { ways = append(ways, e) })
			}
			return ways, at(s, err)
		},
		give: func(s span, ways []*Element) error {
			for _, e := range ways {
				if err := g.way(s.offset, e); err != nil {
					return err
				}
			}
			g.step(int64(s.size))
			return nil
		},
	}
	return r.do(ctx, hands)
}

// expect adds to what progress is measured against.
func (g *gathering) expect(spans []span) {
	for _, s := range spans {
		g.total += int64(s.size)
	}
}

// at adds to an error of a block where the blob begins.
func at(s span, err error) error {
	if err == nil {
		return nil
	}
	return damaged(s.offset, "%w", err)
}
