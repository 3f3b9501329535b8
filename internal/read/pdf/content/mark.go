package content

import (
	"unicode/utf16"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// mark opens marked content; m.Last is 0 where it has no properties.
func (r *runner) mark(m Marks) error {
	if len(r.marks) >= maxMarks {
		return doubt.New(doubt.LimitDepth, "marked content")
	}
	if n := len(r.marks); n > 0 {
		outer := r.marks[n-1]
		if !m.Has {
			m.Has, m.Actual = outer.Has, outer.Actual
		}
		if m.Last == 0 {
			m.Inner = outer.Inner
		}
	}
	m.Depth = len(r.marks) + 1
	r.marks = append(r.marks, m)
	return nil
}

// markWith opens marked content with properties: a dictionary, or the name of one.
func (r *runner) markWith() error {
	o, err := r.last()
	if err != nil {
		return err
	}
	var d object.Dict
	r.opened++
	m := Marks{Last: r.opened}
	if o.kind == name {
		v := r.resource("Properties", object.Name(o.bytes))
		if d = r.doc.Dict(v); d == nil {
			return nil // PDFium opens nothing then
		}
		if ref, ok := v.(object.Ref); ok {
			m.Last = -int(ref) // the same one each time
		}
	} else if d, _ = o.value.(object.Dict); d == nil {
		return nil
	}
	if s, ok := r.doc.Resolve(d.Get("ActualText")).(object.String); ok {
		if r.budget.actual -= len(s); r.budget.actual < 0 {
			return doubt.New(doubt.LimitLetters, "in the place of others")
		}
		text, err := object.Text(s)
		if err != nil {
			return doubt.New(doubt.ActualText, err.Error())
		}
		m.Has, m.Actual = true, utf16.Encode([]rune(text))
		m.Inner = m.Actual
	}
	return r.mark(m)
}
