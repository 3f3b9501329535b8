package web

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
)

// box keeps what was contributed.
type box struct {
	kept [][]byte
	said []contrechamp.Contribution
}

func (b *box) Contribute(_ context.Context, jpeg []byte, c contrechamp.Contribution) (contrechamp.Digest, error) {
	b.kept, b.said = append(b.kept, jpeg), append(b.said, c)
	return contrechamp.Sum(jpeg), nil
}

// openDesk makes a site that takes photographs.
func openDesk(t testing.TB, b *box) (*site, http.Handler) {
	t.Helper()
	s := newShelf(t)
	site, err := newSite(Config{Store: s, Register: register.New(s), Blobs: s, Contributions: b, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return site, site.guard(site.routes())
}

// snapshot is a photograph with a colour in each quarter, and a comment in it.
func snapshot(t testing.TB, w, h int) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, color.RGBA{uint8(255 * (2 * x / w)), uint8(255 * (2 * y / h)), uint8((x * 7) ^ (y * 3)), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	comment := "Zanthoxylum was here"
	return append(append([]byte{0xff, 0xd8, 0xff, 0xfe, 0, byte(len(comment) + 2)}, comment...), b.Bytes()[2:]...)
}

func send(t testing.TB, h http.Handler, address string, file []byte, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if file != nil {
		part, err := form.CreateFormFile("photo", "IMG_0001.jpg")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(file)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, address, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func post(h http.Handler, address string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPhotographIsLookedThroughAndKept(t *testing.T) {
	b := &box{}
	_, h := openDesk(t, b)
	for _, lang := range languages {
		w := get(h, "/"+lang+"/contribute")
		checkPage(t, "/"+lang+"/contribute", w)
	}
	w := send(t, h, "/fr/contribute", snapshot(t, 1600, 1000), "Origin", "http://example.com", "Sec-Fetch-Site", "same-origin")
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(at, "/fr/contribute/") {
		t.Fatalf("%d %q %s", w.Code, at, w.Body)
	}
	w = get(h, at)
	checkPage(t, at, w)
	page := parse(t, w)
	picture := ""
	for _, e := range each(page, "input") {
		if attr(e, "type") == "image" {
			picture = attr(e, "src")
			if attr(e, "width") != "600" || attr(e, "height") != "375" || attr(e, "alt") == "" {
				t.Errorf("shown at %s by %s", attr(e, "width"), attr(e, "height"))
			}
		}
	}
	shown := func() image.Image {
		t.Helper()
		w := get(h, picture)
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("picture: %d %v", w.Code, w.Header())
		}
		p, err := jpeg.Decode(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := shown()
	click := url.Values{"spot.x": {"450"}, "spot.y": {"280"}, "side": {"600"}, "shownwidth": {"600"}, "shownheight": {"375"}, "size": {"15"}}
	if w := post(h, at, click); w.Code != http.StatusSeeOther {
		t.Fatalf("click: %d %s", w.Code, w.Body)
	}
	if w := post(h, at, url.Values{"do": {"cover"}, "left": {"0"}, "top": {"0"}, "width": {"12,5"}, "height": {"20"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("area: %d %s", w.Code, w.Body)
	}
	after := shown()
	// a covered cell is drawn by chance, and may come near to what it covers: not everywhere
	same := func(points ...image.Point) bool {
		for _, p := range points {
			if !sameAt(before, after, p.X, p.Y) {
				return false
			}
		}
		return true
	}
	if same(image.Pt(450, 280), image.Pt(420, 255), image.Pt(480, 305), image.Pt(430, 300)) || same(image.Pt(20, 20), image.Pt(60, 10), image.Pt(10, 60), image.Pt(60, 60)) ||
		!same(image.Pt(300, 100)) {
		t.Error("what is covered is not what was said")
	}
	keep := url.Values{"do": {"keep"}, "looked": {"yes"}, "lat": {"48,858241"}, "lon": {"-2.3515"}, "direction": {"360"}, "taken": {"2026-05-04"}, "note": {" deux caméras <b>au coin</b> "}}
	w = post(h, at, keep)
	checkPage(t, at, w)
	if w.Code != http.StatusOK || len(b.kept) != 1 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	c := b.said[0]
	if !c.HasPlace || c.Lat != 48.85824 || c.Lon != -2.3515 || c.Direction == nil || *c.Direction != 0 || c.Taken.String() != "2026-05-04" || c.Note != "deux caméras <b>au coin</b>" || c.Boxes != 2 {
		t.Errorf("kept with %+v", c)
	}
	if bytes.Contains(b.kept[0], []byte("Zanthoxylum")) {
		t.Error("the comment of the file was kept")
	}
	for _, gone := range []string{at, picture} {
		if w := get(h, gone); w.Code != http.StatusNotFound {
			t.Errorf("%s after it was kept: %d", gone, w.Code)
		}
	}
}

func sameAt(a, b image.Image, x, y int) bool {
	r1, g1, b1, _ := a.At(x, y).RGBA()
	r2, g2, b2, _ := b.At(x, y).RGBA()
	near := func(p, q uint32) bool { return max(p, q)-min(p, q) < 6<<8 }
	return near(r1, r2) && near(g1, g2) && near(b1, b2)
}

func TestPhotographRefused(t *testing.T) {
	b := &box{}
	site, h := openDesk(t, b)
	for name, tt := range map[string]struct {
		file    []byte
		headers []string
		status  int
	}{
		"no file": {nil, nil, http.StatusBadRequest}, "a text": {[]byte("a text"), nil, http.StatusBadRequest}, "cut short": {snapshot(t, 800, 600)[:3000], nil, http.StatusBadRequest},
		"too long":       {make([]byte, 26<<20), nil, http.StatusBadRequest},
		"another site":   {snapshot(t, 200, 200), []string{"Origin", "https://elsewhere.example"}, http.StatusBadRequest},
		"another site's": {snapshot(t, 200, 200), []string{"Sec-Fetch-Site", "cross-site"}, http.StatusBadRequest},
	} {
		site.desk.tokens = sentBurst
		w := send(t, h, "/fr/contribute", tt.file, tt.headers...)
		if w.Code != tt.status {
			t.Errorf("%s: %d, want %d: %.300s", name, w.Code, tt.status, w.Body)
		}
		checkPage(t, "/fr/contribute", w)
	}
	site.desk.tokens = sentBurst
	at := send(t, h, "/en/contribute", snapshot(t, 800, 600)).Header().Get("Location")
	for name, form := range map[string]url.Values{
		"nothing":        {},
		"not looked":     {"do": {"keep"}},
		"no Earth":       {"do": {"keep"}, "looked": {"yes"}, "lat": {"91"}, "lon": {"0"}},
		"half a place":   {"do": {"keep"}, "looked": {"yes"}, "lat": {"45"}},
		"no direction":   {"do": {"keep"}, "looked": {"yes"}, "direction": {"north"}},
		"no day":         {"do": {"keep"}, "looked": {"yes"}, "taken": {"2026-13-40"}},
		"a long note":    {"do": {"keep"}, "looked": {"yes"}, "note": {strings.Repeat("x", 1001)}},
		"outside":        {"do": {"cover"}, "left": {"200"}, "top": {"0"}, "width": {"5"}, "height": {"5"}},
		"no area":        {"do": {"cover"}, "left": {"NaN"}, "top": {"0"}, "width": {"5"}, "height": {"5"}},
		"a key, no spot": {"spot.x": {"0"}, "spot.y": {"0"}, "shownwidth": {"600"}, "shownheight": {"450"}, "size": {"8"}},
		"no size":        {"spot.x": {"5"}, "spot.y": {"5"}, "shownwidth": {"0"}, "shownheight": {"450"}, "size": {"8"}},
	} {
		w := post(h, at, form)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s: %d", name, w.Code)
		}
		checkPage(t, at, w)
	}
	if w := post(h, at, url.Values{"do": {"discard"}}); w.Code != http.StatusSeeOther || len(site.desk.sheets) != 0 || len(b.kept) != 0 {
		t.Errorf("thrown away: %d", w.Code)
	}
	if w := post(h, at, url.Values{"do": {"keep"}}); w.Code != http.StatusNotFound {
		t.Errorf("after it was thrown away: %d", w.Code)
	}
}

// There is no telling visitors apart, so that the limits are of all together; they pass.
func TestDeskIsSmall(t *testing.T) {
	site, h := openDesk(t, &box{})
	now := time.Now()
	site.desk.now = func() time.Time { return now }
	site.desk.counted = now
	file := snapshot(t, 100, 100)
	for i := range maxSheets {
		if w := send(t, h, "/fr/contribute", file); w.Code != http.StatusSeeOther {
			t.Fatalf("photograph %d: %d", i, w.Code)
		}
	}
	if w := send(t, h, "/fr/contribute", file); w.Code != http.StatusServiceUnavailable {
		t.Errorf("one too many: %d", w.Code)
	}
	for name := range site.desk.sheets {
		site.desk.forget(name)
	}
	site.desk.tokens = 0
	if w := send(t, h, "/fr/contribute", file); w.Code != http.StatusServiceUnavailable {
		t.Errorf("one too soon: %d", w.Code)
	}
	now = now.Add(sentEvery)
	if w := send(t, h, "/fr/contribute", file); w.Code != http.StatusSeeOther {
		t.Errorf("later: %d", w.Code)
	}
}

// Photographs are taken only where the operator wants them.
func TestNoPhotographsUsually(t *testing.T) {
	h := open(t, newShelf(t))
	if w := get(h, "/fr/contribute"); w.Code != http.StatusNotFound {
		t.Errorf("the page: %d", w.Code)
	}
	if w := send(t, h, "/fr/contribute", snapshot(t, 100, 100)); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("the form: %d", w.Code)
	}
	if w := get(h, "/fr/"); strings.Contains(w.Body.String(), "contribute") {
		t.Error("the footer leads there")
	}
}

// TestNothingOnDisk sends a photograph larger than any parser's memory over a real connection while the temporary folder is
// watched: not one file is made in it.
func TestNothingOnDisk(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	_, h := openDesk(t, &box{})
	made := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = &watched{r.Body, temp, made}
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	file := append(snapshot(t, 2000, 1500), make([]byte, 20<<20)...) // behind the end of the picture
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("photo", "large.jpg")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(file)
	_ = form.Close()
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := client.Post(server.URL+"/en/contribute", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if r.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", r.StatusCode)
	}
	close(made)
	for name := range made {
		t.Errorf("%s was made while the photograph came in", name)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// watched looks into a folder each time that something is read.
type watched struct {
	io.ReadCloser
	dir  string
	made chan string
}

func (w *watched) Read(p []byte) (int, error) {
	found, err := filepath.Glob(filepath.Join(w.dir, "*"))
	if err == nil && len(found) > 0 {
		select {
		case w.made <- found[0]:
		default:
		}
	}
	return w.ReadCloser.Read(p)
}
