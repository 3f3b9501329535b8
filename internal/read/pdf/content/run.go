package content

import (
	"time"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// run runs operators to the end of data.
func (r *runner) run(data []byte) error {
	r.data, r.at = data, 0
	for {
		op, err := r.next(&r.budget.values)
		if err != nil || op == nil {
			return err
		}
		if r.budget.operators--; r.budget.operators < 0 {
			return doubt.New(doubt.LimitOperators, "")
		}
		if r.budget.operators%lookAtTime == 0 && time.Now().After(r.budget.deadline) {
			return doubt.New(doubt.LimitWork, "time")
		}
		if err := r.operator(op); err != nil {
			return err
		}
	}
}

// operator does what one operator says (annex A lists them).
func (r *runner) operator(op []byte) error {
	s := &r.state
	switch string(op) {
	// text, most often
	case "Tj":
		return r.show()
	case "TJ":
		return r.showList()
	case "'":
		s.nextLine()
		return r.show()
	case "\"":
		if len(r.operands) < 3 || r.operands[len(r.operands)-3].kind != number || r.operands[len(r.operands)-2].kind != number {
			return doubt.New(doubt.Content, "an operand is missing")
		}
		s.wordSpace, s.charSpace = r.operands[len(r.operands)-3].number, r.operands[len(r.operands)-2].number
		s.nextLine()
		return r.show()
	case "Td", "TD":
		var n [2]float32
		if err := r.numbers(n[:]); err != nil {
			return err
		}
		s.lineX += n[0]
		s.lineY += n[1]
		s.x, s.y = s.lineX, s.lineY
		if op[1] == 'D' {
			s.leading = -n[1]
		}
	case "Tm":
		var n [6]float32
		if err := r.numbers(n[:]); err != nil {
			return err
		}
		s.textMatrix = Matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		s.changed()
		s.lineX, s.lineY, s.x, s.y = 0, 0, 0, 0
	case "T*":
		s.nextLine()
	case "Tf":
		return r.setFont()
	case "BT":
		s.textMatrix = Identity
		s.changed()
		s.lineX, s.lineY, s.x, s.y = 0, 0, 0, 0
	case "ET":
	case "Tc":
		return r.set(&s.charSpace)
	case "Tw":
		return r.set(&s.wordSpace)
	case "TL":
		return r.set(&s.leading)
	case "Ts":
		return r.set(&s.rise)
	case "Tz":
		if len(r.operands) != 1 { // PDFium passes over it then
			return doubt.New(doubt.Content, "operands that are too many")
		}
		if err := r.set(&s.horizontal); err != nil {
			return err
		}
		s.horizontal /= 100
		s.changed()
	case "Tr":
		var mode float32
		if err := r.set(&mode); err != nil {
			return err
		}
		if mode < 0 || mode > 7 || mode != float32(int(mode)) {
			return doubt.New(doubt.Content, "a rendering mode")
		}
		s.mode = int(mode)
	// the graphics state
	case "q":
		if len(r.saved) >= maxStates {
			return doubt.New(doubt.LimitDepth, "graphics states")
		}
		r.saved = append(r.saved, *s)
	case "Q":
		if n := len(r.saved); n > 0 {
			*s = r.saved[n-1]
			r.saved = r.saved[:n-1]
		}
	case "cm":
		var n [6]float32
		if err := r.numbers(n[:]); err != nil {
			return err
		}
		s.ctm = Matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.Then(s.ctm)
		s.changed()
	case "w":
		return r.set(&s.lineWidth)
	case "gs":
		return r.extended()
	case "J", "j", "M", "d", "ri", "i", "CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k", "BX", "EX", "MP", "DP":
	// paths
	case "m":
		if len(r.operands) != 2 { // likewise
			return doubt.New(doubt.Content, "operands that are too many")
		}
		if r.points != 1 { // one point alone is a move, which the next one takes the place of
			r.points++
		}
	case "l":
		if len(r.operands) != 2 { // likewise
			return doubt.New(doubt.Content, "operands that are too many")
		}
		r.add(1)
	case "c", "v", "y":
		r.add(3)
	case "h":
		r.add(1)
	case "re":
		r.points += 5
	case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s":
		if r.points > 1 {
			r.object(false)
		}
		r.points = 0
	case "n":
		r.points = 0
	case "W", "W*":
	case "sh":
		r.object(false)
	// what else is drawn
	case "Do":
		return r.draw()
	case "BI":
		return r.inlineImage()
	// marked content
	case "BMC":
		return r.mark(Marks{})
	case "BDC":
		return r.markWith()
	case "EMC":
		if n := len(r.marks); n > 0 {
			r.marks = r.marks[:n-1]
		}
	default:
		return doubt.New(doubt.Content, "an unknown operator")
	}
	return nil
}

func (r *runner) set(to *float32) error {
	var n [1]float32
	if err := r.numbers(n[:]); err != nil {
		return err
	}
	*to = n[0]
	return nil
}

func (r *runner) add(points int) {
	if r.points > 0 {
		r.points += points
	}
}

func (s *state) nextLine() {
	s.lineY -= s.leading
	s.x, s.y = s.lineX, s.lineY
}

// changed computes how text lies on the page after its matrix, or the page's, was set. PDFium does so at those operators
// only: a state that is restored brings its own.
func (s *state) changed() {
	m := Matrix{A: s.horizontal, D: 1}.Then(s.textMatrix).Then(s.ctm)
	s.linear = [4]float32{m.A, m.B, m.C, m.D}
}

// extended reads a dictionary of graphics state parameters (8.4.5).
func (r *runner) extended() error {
	o, err := r.lastOf(name)
	if err != nil {
		return err
	}
	d := r.doc.Dict(r.resource("ExtGState", object.Name(o.bytes)))
	if d.Get("Font") != nil {
		return doubt.New(doubt.Content, "a font in a graphics state")
	}
	if w, ok := r.doc.Number(d.Get("LW")); ok {
		r.state.lineWidth = float32(w)
	}
	return nil
}

func (r *runner) setFont() error {
	n := len(r.operands)
	if n < 2 || r.operands[n-2].kind != name || r.operands[n-1].kind != number {
		return doubt.New(doubt.Content, "a font without name and size")
	}
	r.state.size = r.operands[n-1].number
	key := string(r.operands[n-2].bytes)
	e := r.names[key]
	if e == nil {
		e = &fontEntry{}
		v := r.resource("Font", object.Name(key))
		if v == nil {
			e.err = doubt.New(doubt.FontMissing, key)
		} else {
			e.font, e.err = r.fonts.Font(v)
		}
		if r.names == nil {
			r.names = map[string]*fontEntry{}
		}
		r.names[key] = e
	}
	r.state.font = e
	return nil
}

// draw draws a picture or a form.
func (r *runner) draw() error {
	o, err := r.lastOf(name)
	if err != nil {
		return err
	}
	x := r.doc.Stream(r.resource("XObject", object.Name(o.bytes)))
	if x == nil {
		return doubt.New(doubt.Resources, "an object that is drawn")
	}
	switch r.doc.Name(x.Dict.Get("Subtype")) {
	case "Image":
		r.object(true)
	case "Form":
		if err := r.drawForm(x); err != nil {
			return err
		}
		r.object(false)
	default:
		return doubt.New(doubt.Content, "an object of an unknown kind")
	}
	return nil
}

func (r *runner) drawForm(x *object.Stream) error {
	if len(r.active) >= maxForms {
		return doubt.New(doubt.LimitDepth, "forms in forms")
	}
	for _, a := range r.active {
		if a == x {
			return doubt.New(doubt.LimitDepth, "a form in itself")
		}
	}
	data, err := r.doc.Kept(x)
	if err != nil {
		return err
	}
	f := runner{doc: r.doc, fonts: r.fonts, page: r.page, budget: r.budget, pageResources: r.pageResources, before: -1, inForm: true}
	f.resources = r.doc.Dict(x.Dict.Get("Resources"))
	if f.resources == nil {
		f.resources = r.resources
	}
	f.active = append(append(f.active, r.active...), x)
	f.opened = r.opened
	defer func() { r.opened = f.opened }()
	f.form = r.state.ctm.Then(r.form)
	f.state = r.state // what of it a form does not take over is set here
	f.state.ctm, f.state.textMatrix, f.state.horizontal = Identity, Identity, 1
	f.state.lineX, f.state.lineY, f.state.x, f.state.y, f.state.leading, f.state.rise = 0, 0, 0, 0, 0, 0
	if m := r.doc.Array(x.Dict.Get("Matrix")); m != nil {
		if len(m) != 6 {
			return doubt.New(doubt.Content, "the matrix of a form")
		}
		var n [6]float32
		for i := range n {
			v, ok := r.doc.Number(m[i])
			if !ok {
				return doubt.New(doubt.Content, "the matrix of a form")
			}
			n[i] = float32(v)
		}
		f.state.ctm = Matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
	}
	return f.run(data)
}
