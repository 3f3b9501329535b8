package pdf

import (
	"fmt"
	"time"

	"contrechamp.org/contrechamp/internal/read/pdf/compose"
	"contrechamp.org/contrechamp/internal/read/pdf/content"
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/font"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// quick reads a document without PDFium where it understands all that matters, and says why where it does not. It is not
// safe for concurrent use.
type quick struct {
	doc   *object.Document
	info  Info
	pages []leaf
	fonts map[object.Ref]fontOrDoubt
	*room
}

// room is what a page is read in; it is used again for the next page, and the next document.
type room struct {
	content []byte
	joined  []byte // the content of several streams
	drawn   content.Page
	text    compose.Text
}

// trim gives back what a large page took, so that a process does not keep it.
func (r *room) trim() {
	const most = 4 << 20
	if cap(r.content) > most || cap(r.joined) > most || cap(r.text.Units) > most/8 {
		*r = room{}
	}
}

type fontOrDoubt struct {
	font *font.Font
	err  error
}

// leaf is a page in the page tree, with what it inherits.
type leaf struct {
	dict                           object.Dict
	resources, media, crop, turned object.Value
}

// openQuick opens a document. Its errors are doubts.
func openQuick(document []byte, r *room) (*quick, error) {
	doc, err := object.Open(document)
	if err != nil {
		return nil, err
	}
	q := &quick{doc: doc, fonts: map[object.Ref]fontOrDoubt{}, room: r}
	root := doc.Dict(doc.Trailer.Get("Root"))
	if doc.Name(doc.Dict(root.Get("ViewerPreferences")).Get("Direction")) == "R2L" {
		return nil, doubt.New(doubt.RightToLeft, "the document says so")
	}
	if err := q.tree(root.Get("Pages")); err != nil {
		return nil, err
	}
	if err := q.readInfo(); err != nil {
		return nil, err
	}
	return q, doc.Take()
}

// maxTree is how deep the page tree may be.
const maxTree = 40

// tree collects the pages. The counts must agree with what is there: what a reader makes of others is its own affair.
func (q *quick) tree(root object.Value) error {
	bad := func(detail string) error { return doubt.New(doubt.PageTree, detail) }
	nodes := 0
	var walk func(v object.Value, parent object.Value, inherited leaf, depth int) error
	walk = func(v, parent object.Value, inherited leaf, depth int) error {
		ref, ok := v.(object.Ref)
		d, isDict := q.doc.Resolve(v).(object.Dict)
		if nodes++; !ok || !isDict || depth > maxTree || nodes > 2*MaxPages+1000 {
			return bad("a node")
		}
		if parent != nil && d.Get("Parent") != parent {
			return bad("a parent")
		}
		for key, to := range map[object.Name]*object.Value{"Resources": &inherited.resources, "MediaBox": &inherited.media, "CropBox": &inherited.crop, "Rotate": &inherited.turned} {
			if own := d.Get(key); q.doc.Resolve(own) != nil {
				*to = own
			}
		}
		kids, inner := q.doc.Resolve(d.Get("Kids")).(object.Array)
		if !inner {
			if d.Get("Kids") != nil || q.doc.Name(d.Get("Type")) != "Page" {
				return bad("a page")
			}
			inherited.dict = d
			q.pages = append(q.pages, inherited)
			return nil
		}
		before := len(q.pages)
		for _, kid := range kids {
			if err := walk(kid, ref, inherited, depth+1); err != nil {
				return err
			}
		}
		if q.doc.Int(d.Get("Count"), -1) != len(q.pages)-before {
			return bad("a count")
		}
		return nil
	}
	if err := walk(root, nil, leaf{}, 0); err != nil {
		return err
	}
	if len(q.pages) == 0 {
		return bad("no pages")
	}
	return nil
}

func (q *quick) readInfo() error {
	q.info.Pages = len(q.pages)
	ref, ok := q.doc.Trailer.Get("Info").(object.Ref)
	if !ok {
		return nil // PDFium reads no other
	}
	d := q.doc.Dict(ref)
	for key, to := range map[object.Name]*string{"Title": &q.info.Title, "Author": &q.info.Author, "Creator": &q.info.Creator,
		"Producer": &q.info.Producer, "CreationDate": &q.info.Made, "ModDate": &q.info.Changed} {
		switch v := q.doc.Resolve(d.Get(key)).(type) {
		case nil:
		case object.String:
			s, err := object.Text(v)
			if err != nil {
				return err
			}
			*to = s
		default:
			return doubt.New(doubt.TextString, "not a string")
		}
	}
	return nil
}

// Font answers the font of a resource; each is read once.
func (q *quick) Font(v object.Value) (*font.Font, error) {
	ref, ok := v.(object.Ref)
	if ok {
		if f, known := q.fonts[ref]; known {
			return f.font, f.err
		}
	}
	d := q.doc.Dict(v)
	if d == nil {
		return nil, doubt.New(doubt.FontMissing, "no dictionary")
	}
	f, err := font.Load(q.doc, d)
	if ok {
		q.fonts[ref] = fontOrDoubt{f, err}
	}
	return f, err
}

// maxTime is how long the quick reader tries a page: PDFium must have time left before the parent's kill timer ends.
const maxTime = pageTimeout / 3

// page reads page i, counted from 0. A mistake of ours on it is a doubt too: the page goes to PDFium.
func (q *quick) page(i int) (p Page, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = doubt.New(doubt.Fault, fmt.Sprint(fault))
		}
	}()
	return q.read(i)
}

func (q *quick) read(i int) (Page, error) {
	l := &q.pages[i]
	p := Page{Number: i + 1}
	view, err := q.view(l)
	if err != nil {
		return p, err
	}
	p.Width, p.Height = float64(view.width), float64(view.height)
	data, err := q.contents(l.dict.Get("Contents"))
	if err != nil {
		return p, err
	}
	drawn, text, deadline := &q.drawn, &q.text, time.Now().Add(maxTime)
	if err := drawn.Run(q.doc, q, data, q.doc.Dict(l.resources), deadline); err != nil {
		return p, err
	}
	if err := text.Compose(drawn, view.width, view.height, view.display, deadline); err != nil {
		return p, err
	}
	switch {
	case text.Count > maxChars:
		return p, doubt.New(doubt.LimitLetters, "")
	case text.Count == 0:
		p.Images = drawn.Objects > 0
		return p, nil
	}
	p.Images = text.Count < fewChars && drawn.Picture
	c := cutter{letters: quickText{text}, units: text.Units, rotation: view.rotation, page: &p}
	c.cut()
	return p, q.doc.Take()
}

// contents joins the streams of a page's content with a space between, as they are one.
func (q *quick) contents(v object.Value) ([]byte, error) {
	var streams object.Array
	switch c := q.doc.Resolve(v).(type) {
	case nil:
		return nil, nil
	case *object.Stream:
		return q.unpack(c)
	case object.Array:
		streams = c
	default:
		return nil, doubt.New(doubt.Content, "no stream")
	}
	const most = 64 << 20
	all := q.joined[:0]
	for _, v := range streams {
		s := q.doc.Stream(v)
		if s == nil {
			return nil, doubt.New(doubt.Content, "no stream")
		}
		part, err := q.unpack(s)
		if err != nil {
			return nil, err
		}
		if all = append(append(all, part...), ' '); len(all) > most {
			return nil, doubt.New(doubt.LimitBytes, "the content of a page")
		}
	}
	q.joined = all
	return all, nil
}

// unpack answers the bytes of a stream, good until the next call.
func (q *quick) unpack(s *object.Stream) ([]byte, error) {
	if q.room.content == nil {
		q.room.content = make([]byte, 0, 64<<10)
	}
	data, err := q.doc.Bytes(s, q.room.content)
	if err == nil && s.Packed() {
		q.room.content = data
	}
	return data, err
}

// view is how a page is seen.
type view struct {
	width, height float32
	rotation      int // quarter turns clockwise
	display       content.Matrix
}

// view reads a page's boxes and how it is turned (CPDF_Page::UpdateDimensions).
func (q *quick) view(l *leaf) (view, error) {
	media, err := q.rect(l.media)
	if err != nil {
		return view{}, err
	}
	if media.Empty() {
		media = content.Rect{Right: 612, Top: 792}
	}
	box, err := q.rect(l.crop)
	if err != nil {
		return view{}, err
	}
	if box.Empty() {
		box = media
	} else {
		box = box.Intersect(media)
	}
	if box.Empty() {
		return view{}, doubt.New(doubt.PageBox, "")
	}
	v := view{width: box.Width(), height: box.Height(), rotation: (q.doc.Int(l.turned, 0)/90%4 + 4) % 4}
	m := content.Matrix{A: 1, D: 1, E: -box.Left, F: -box.Bottom}
	switch v.rotation {
	case 1:
		m = content.Matrix{B: -1, C: 1, E: -box.Bottom, F: box.Right}
	case 2:
		m = content.Matrix{A: -1, D: -1, E: box.Right, F: box.Top}
	case 3:
		m = content.Matrix{B: 1, C: -1, E: box.Top, F: -box.Left}
	}
	if v.rotation%2 == 1 {
		v.width, v.height = v.height, v.width
	}
	v.display = m.Then(content.Matrix{A: 1, D: -1, F: v.height})
	return v, nil
}

// rect reads a box, empty where there is none.
func (q *quick) rect(v object.Value) (content.Rect, error) {
	switch a := q.doc.Resolve(v).(type) {
	case nil:
		return content.Rect{}, nil
	case object.Array:
		if len(a) != 4 {
			break
		}
		var n [4]float32
		for i := range n {
			f, ok := q.doc.Number(a[i])
			if !ok {
				return content.Rect{}, doubt.New(doubt.PageBox, "not a number")
			}
			n[i] = float32(f)
		}
		return content.Rect{Left: n[0], Bottom: n[1], Right: n[2], Top: n[3]}.Normal(), nil
	}
	return content.Rect{}, doubt.New(doubt.PageBox, "not four numbers")
}

// quickText is the text of a page that we read ourselves.
type quickText struct{ text *compose.Text }

func (t quickText) bounds(i int) (left, bottom, right, top float64) {
	r := t.text.Box(i)
	return float64(r.Left), float64(r.Bottom), float64(r.Right), float64(r.Top)
}

func (t quickText) size(i int) float64 {
	_, size := t.text.Font(i)
	return float64(size)
}

func (t quickText) bold(i int) bool {
	f, _ := t.text.Font(i)
	return f != nil && f.Bold
}

func (t quickText) failed() bool { return false }
