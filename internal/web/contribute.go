package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/photo"
)

// How large the picture is shown while a person looks through it: what does not fit is scrolled to, within its frame.
var previewSides = []int{600, 1200, 2400}

// coverSizes are the sides of the square that is covered where a person clicks, in hundredths of the picture's width.
var coverSizes = []int{2, 4, 8, 15, 30}

// formLimit is how much a form without a picture may send, in bytes.
const formLimit = 16 << 10

// form makes a handler of what is sent to a page. Forms of other sites are refused.
func (s *site) form(lang string, take pageFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), decodeBudget)
		defer cancel()
		if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
			s.fail(w, r, fmt.Errorf("a form of another site: %w", contrechamp.ErrInvalid))
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && origin != "null" {
			if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
				s.fail(w, r, fmt.Errorf("a form of another site: %w", contrechamp.ErrInvalid))
				return
			}
		}
		a, err := take(ctx, &request{Request: r, teller: s.newTeller(ctx, lang), site: s})
		switch {
		case err != nil:
			s.fail(w, r, err)
		case a.redirect != "":
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, a.redirect, http.StatusSeeOther)
		default:
			body, err := s.templates.render(a.name, a.data)
			if err != nil {
				s.fail(w, r, err)
				return
			}
			if a.status == 0 {
				a.status = http.StatusOK
			}
			s.respond(w, r, a.status, htmlType, body)
		}
	}
}

// receiving lets a photograph take longer than other requests may: it comes over slow lines.
func (s *site) receiving(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		const slack = 64 << 10 // what a form has beside the file
		r.Body = http.MaxBytesReader(w, r.Body, photo.MaxBytes+slack)
		control := http.NewResponseController(w)
		until := time.Now().Add(receiveLimit)
		// a server that cannot move its limits keeps those that it has
		if err := errors.Join(control.SetReadDeadline(until), control.SetWriteDeadline(until.Add(decodeBudget))); err != nil {
			s.Logger.DebugContext(r.Context(), "time limits of a photograph", "error", err)
		}
		next(w, r)
	}
}

type contributePage struct {
	page
	Refused string // why the photograph was not taken, in words of this page
	Why     string // the same in the program's words
	Steps   []string
}

func (r *request) contributePage() *contributePage {
	p := &contributePage{page: r.newPage(r.T("contribute.title"), ""), Steps: r.numbered("contribute.step.")}
	p.NoIndex = true
	return p
}

func (s *site) showContribute(_ context.Context, r *request) (answer, error) {
	return answer{name: "contribute", data: r.contributePage()}, nil
}

// takePhotograph receives a photograph. Its bytes are in memory only, and not needed any more when this returns.
func (s *site) takePhotograph(ctx context.Context, r *request) (answer, error) {
	refused := func(key string, status int, err error) (answer, error) {
		p := r.contributePage()
		p.Refused = r.T(key)
		if errors.Is(err, contrechamp.ErrInvalid) {
			p.Why = strings.TrimSuffix(err.Error(), ": "+contrechamp.ErrInvalid.Error())
		}
		return answer{name: "contribute", data: p, status: status}, nil
	}
	if err := s.desk.admit(); err != nil {
		return refused("contribute.busy", http.StatusServiceUnavailable, err)
	}
	sent, err := receivePhotograph(r.Request)
	if err == nil && len(sent) == 0 {
		return refused("contribute.nothing", http.StatusBadRequest, nil)
	}
	var name string
	if err == nil {
		name, err = s.desk.open(ctx, sent)
	}
	switch {
	case errors.Is(err, contrechamp.ErrInvalid):
		return refused("contribute.refused", http.StatusBadRequest, err)
	case errors.Is(err, errBusy):
		return refused("contribute.busy", http.StatusServiceUnavailable, err)
	case err != nil:
		return answer{}, err
	}
	return answer{redirect: r.Link("/contribute/" + name)}, nil
}

// receivePhotograph reads the photograph of a form part by part: net/http's own parser writes large parts to files.
func receivePhotograph(r *http.Request) ([]byte, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("not a form with a photograph: %w", contrechamp.ErrInvalid)
	}
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the form is damaged or was cut off: %w", contrechamp.ErrInvalid)
		}
		if part.FormName() != "photo" {
			continue // the next part skips what is left of this one
		}
		var b bytes.Buffer
		n, err := io.Copy(&b, io.LimitReader(part, photo.MaxBytes+1))
		switch {
		case err != nil:
			return nil, fmt.Errorf("the photograph was cut off on its way: %w", contrechamp.ErrInvalid)
		case n > photo.MaxBytes:
			return nil, fmt.Errorf("the file has more than %d MiB: %w", photo.MaxBytes>>20, contrechamp.ErrInvalid)
		}
		return b.Bytes(), nil
	}
}

// lookPage is the page on which a person looks a photograph through, covers what is left, and confirms.
type lookPage struct {
	page
	Here    string // its own address
	Picture string // address of the picture
	Side    int
	Width   int // as it is shown
	Height  int
	Sizes   []choice
	Sides   []sideLink
	Faces   string
	Boxes   string
	Wrong   string
	Lat     string
	Lon     string
	Looked  string // direction
	Taken   string
	Note    string
}

type choice struct {
	Value   int
	Label   string
	Checked bool
}

type sideLink struct {
	Label, Link string
	Current     bool
}

func (s *site) showLook(_ context.Context, r *request) (answer, error) {
	sheet, err := s.desk.find(r.PathValue("name"))
	if err != nil {
		return answer{}, err
	}
	p := r.lookPage(sheet)
	said := sheet.picture.Said
	if said.HasPlace {
		p.Lat, p.Lon = formatDegrees(said.Lat), formatDegrees(said.Lon)
	}
	if said.HasDirection {
		p.Looked = strconv.Itoa(int(math.Round(said.Direction)) % 360)
	}
	if !said.At.IsZero() {
		p.Taken = said.At.Format(time.DateOnly)
	}
	return answer{name: "look", data: p}, nil
}

func formatDegrees(x float64) string { return strconv.FormatFloat(x, 'f', 5, 64) }

// lookPage lays out a photograph that is being looked through.
func (r *request) lookPage(s *sheet) *lookPage {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := r.PathValue("name")
	p := &lookPage{page: r.newPage(r.T("look.title"), ""), Here: r.Link("/contribute/" + url.PathEscape(name)), Side: previewSides[0]}
	p.NoIndex = true
	asked := r.URL.Query().Get("side")
	for _, side := range previewSides {
		if asked == strconv.Itoa(side) {
			p.Side = side
		}
	}
	size := r.URL.Query().Get("size")
	for i, c := range coverSizes {
		p.Sizes = append(p.Sizes, choice{c, r.T("look.size", "percent", r.Percent(float64(c))), size == strconv.Itoa(c) || size == "" && i == 2})
	}
	for i, side := range previewSides {
		p.Sides = append(p.Sides, sideLink{r.T("look.side." + strconv.Itoa(i+1)), p.Here + "?side=" + strconv.Itoa(side), side == p.Side})
	}
	b := s.picture.Bounds()
	p.Width, p.Height = shownSize(b.Dx(), b.Dy(), p.Side)
	p.Picture = "/contribute/" + url.PathEscape(name) + "/photo?side=" + strconv.Itoa(p.Side) + "&v=" + strconv.Itoa(s.boxes)
	p.Faces = r.T("look.no_faces")
	if n := len(s.picture.Faces); n > 0 {
		p.Faces = r.N("look.faces", n)
	}
	if s.boxes > 0 {
		p.Boxes = r.N("look.boxes", s.boxes)
	}
	return p
}

// shownSize is how large a picture is shown within a square.
func shownSize(w, h, side int) (int, int) {
	if long := max(w, h); long > side {
		return max(1, w*side/long), max(1, h*side/long)
	}
	return w, h
}

// photograph answers the picture as it is now, to whoever knows its name.
func (s *site) photograph(w http.ResponseWriter, r *http.Request) {
	sheet, err := s.desk.find(r.PathValue("name"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	side, err := strconv.Atoi(r.URL.Query().Get("side"))
	if err != nil || side < 1 || side > photo.MaxSide {
		side = previewSides[0]
	}
	sheet.mu.Lock()
	b, err := sheet.picture.Preview(side)
	sheet.mu.Unlock()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Cache-Control", "no-store") // a browser's disk is a disk too
	_, _ = w.Write(b)                           // the visitor went away: nobody is left to tell
}

// takeLook takes what a person does with a photograph: cover where they clicked or said, keep it, or throw it away.
func (s *site) takeLook(ctx context.Context, r *request) (answer, error) {
	name := r.PathValue("name")
	sheet, err := s.desk.find(name)
	if err != nil {
		return answer{}, err
	}
	r.Body = http.MaxBytesReader(nil, r.Body, formLimit)
	if err := r.ParseForm(); err != nil {
		return answer{}, fmt.Errorf("the form: %w", contrechamp.ErrInvalid)
	}
	f := r.PostForm
	back := r.Link("/contribute/"+url.PathEscape(name)) + "?" + url.Values{"side": {f.Get("side")}, "size": {f.Get("size")}}.Encode()
	wrong := func(key string) (answer, error) {
		p := r.lookPage(sheet)
		p.Wrong, p.Lat, p.Lon, p.Looked, p.Taken, p.Note = r.T(key), f.Get("lat"), f.Get("lon"), f.Get("direction"), f.Get("taken"), f.Get("note")
		return answer{name: "look", data: p, status: http.StatusBadRequest}, nil
	}
	switch {
	case f.Has("spot.x"):
		if err := coverSpot(sheet, f); err != nil {
			return wrong("look.wrong.spot")
		}
		return answer{redirect: back + "#picture"}, nil
	case f.Get("do") == "cover":
		var box [4]float64
		for i, key := range []string{"left", "top", "width", "height"} {
			if box[i], err = decimal(f.Get(key)); err != nil {
				return wrong("look.wrong.area")
			}
		}
		if err := sheet.cover(box[0]/100, box[1]/100, box[2]/100, box[3]/100); err != nil {
			return wrong("look.wrong.area")
		}
		return answer{redirect: back + "#picture"}, nil
	case f.Get("do") == "discard":
		s.desk.forget(name)
		return answer{redirect: r.Link("/contribute")}, nil
	case f.Get("do") != "keep":
		return wrong("look.wrong.unknown")
	case f.Get("looked") != "yes":
		return wrong("look.wrong.looked")
	}
	c, key := confirmed(f)
	if key != "" {
		return wrong(key)
	}
	return s.keepPhotograph(ctx, r, name, sheet, c)
}

// keepPhotograph keeps the picture with what was confirmed of it, and takes it off the desk.
func (s *site) keepPhotograph(ctx context.Context, r *request, name string, sheet *sheet, c contrechamp.Contribution) (answer, error) {
	sheet.mu.Lock()
	jpeg, err := sheet.picture.JPEG()
	c.Faces, c.Boxes = len(sheet.picture.Faces), sheet.boxes
	sheet.mu.Unlock()
	if err != nil {
		return answer{}, err
	}
	digest, err := s.Contributions.Contribute(ctx, jpeg, c)
	if err != nil {
		return answer{}, err
	}
	s.desk.forget(name)
	p := &keptPage{page: r.newPage(r.T("kept.title"), ""), Digest: inFours(digest)}
	p.NoIndex = true
	return answer{name: "contributed", data: p}, nil
}

type keptPage struct {
	page
	Digest []string
}

// coverSpot covers a square around where a person clicked on the picture as it was shown. A key pressed on it clicks
// nowhere: at 0, 0.
func coverSpot(s *sheet, f url.Values) error {
	x, errX := strconv.Atoi(f.Get("spot.x"))
	y, errY := strconv.Atoi(f.Get("spot.y"))
	width, errW := strconv.Atoi(f.Get("shownwidth"))
	height, errH := strconv.Atoi(f.Get("shownheight"))
	size, errS := strconv.Atoi(f.Get("size"))
	if errors.Join(errX, errY, errW, errH, errS) != nil || width < 1 || height < 1 || size < 1 || size > 100 || x == 0 && y == 0 {
		return fmt.Errorf("a click at no place: %w", contrechamp.ErrInvalid)
	}
	w := float64(size) / 100
	h := w * float64(width) / float64(height)
	return s.cover(float64(x)/float64(width)-w/2, float64(y)/float64(height)-h/2, w, h)
}

// decimal reads a number as people write it, with a point or a comma.
func decimal(text string) (float64, error) {
	x, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("%q is no number: %w", text, contrechamp.ErrInvalid)
	}
	return x, nil
}

// confirmed reads what a person confirmed; the key of a text says what is wrong.
func confirmed(f url.Values) (c contrechamp.Contribution, wrong string) {
	lat, lon := strings.TrimSpace(f.Get("lat")), strings.TrimSpace(f.Get("lon"))
	if lat != "" || lon != "" {
		var errLat, errLon error
		c.Lat, errLat = decimal(lat)
		c.Lon, errLon = decimal(lon)
		if errLat != nil || errLon != nil || math.Abs(c.Lat) > 90 || math.Abs(c.Lon) > 180 {
			return c, "look.wrong.place"
		}
		const fiveDecimals = 1e5 // a metre
		c.HasPlace, c.Lat, c.Lon = true, math.Round(c.Lat*fiveDecimals)/fiveDecimals, math.Round(c.Lon*fiveDecimals)/fiveDecimals
	}
	if text := strings.TrimSpace(f.Get("direction")); text != "" {
		d, err := decimal(text)
		if err != nil || d < 0 || d > 360 {
			return c, "look.wrong.direction"
		}
		d = math.Mod(math.Round(d), 360)
		c.Direction = &d
	}
	if text := strings.TrimSpace(f.Get("taken")); text != "" {
		var err error
		if c.Taken, err = contrechamp.ParseDate(text); err != nil {
			return c, "look.wrong.taken"
		}
	}
	c.Note = strings.TrimSpace(strings.ToValidUTF8(f.Get("note"), "\uFFFD"))
	if len(c.Note) > contrechamp.MaxContributionNote {
		return c, "look.wrong.note"
	}
	return c, ""
}
