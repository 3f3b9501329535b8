package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

func TestNotNow(t *testing.T) {
	var asked atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := asked.Add(1)
		switch r.URL.Path {
		case "/busy":
			if n < 3 {
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			io.WriteString(w, "page")
		case "/always":
			w.WriteHeader(http.StatusTooManyRequests)
		case "/tomorrow":
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/forbidden":
			w.WriteHeader(http.StatusForbidden)
		case "/legal":
			w.WriteHeader(http.StatusUnavailableForLegalReasons)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		case "/none":
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	defer s.Close()
	for path, want := range map[string]struct {
		asked int64
		slept time.Duration // at least, at the first pause
		kind  error
	}{
		"/busy": {3, 7 * time.Second, nil}, "/always": {3, 500 * time.Millisecond, contrechamp.ErrUnavailable}, "/tomorrow": {1, 0, contrechamp.ErrUnavailable},
		"/forbidden": {1, 0, contrechamp.ErrInvalid}, "/legal": {1, 0, contrechamp.ErrNotFound}, "/gone": {1, 0, contrechamp.ErrNotFound},
		"/broken": {1, 0, contrechamp.ErrUnavailable}, "/none": {1, 0, contrechamp.ErrInvalid},
	} {
		asked.Store(0)
		var slept []time.Duration
		f := local()
		f.IgnoreRobots = true
		f.Sleep = func(_ context.Context, d time.Duration) error {
			slept = append(slept, d)
			return nil
		}
		v := visit(t, f, s.URL+path)
		if !errors.Is(v.Err, want.kind) || asked.Load() != want.asked {
			t.Errorf("%s: got %v after %d questions, want %v after %d", path, v.Err, asked.Load(), want.kind, want.asked)
		}
		if len(v.Exchanges) != int(want.asked) {
			t.Errorf("%s: %d answers were kept, want %d", path, len(v.Exchanges), want.asked)
		}
		if want.slept > 0 && (len(slept) == 0 || slept[0] < want.slept) {
			t.Errorf("%s: paused %v, want at least %v", path, slept, want.slept)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{"120": 2 * time.Minute, " 5 ": 5 * time.Second, "Fri, 01 Mar 2024 12:01:00 GMT": time.Minute, "Fri, 01 Mar 2024 11:00:00 GMT": 0} {
		if got, ok := retryAfter(in, now); !ok || got != want {
			t.Errorf("%q: got %v, %v, want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "soon", "-1", "1e9", "99999999999999"} {
		if got, ok := retryAfter(in, now); ok {
			t.Errorf("%q: got %v", in, got)
		}
	}
}

func TestRobots(t *testing.T) {
	robots, status := "", http.StatusOK
	pages := atomic.Int64{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			pages.Add(1)
			io.WriteString(w, "page")
			return
		}
		w.WriteHeader(status)
		io.WriteString(w, robots)
	}))
	defer s.Close()
	for name, c := range map[string]struct {
		robots string
		status int
		want   bool
	}{
		"none": {"", 404, true}, "empty": {"", 200, true}, "all barred": {"User-agent: *\nDisallow: /\n", 200, false},
		"another barred": {"User-agent: other\nDisallow: /\n", 200, true},
		"we are barred":  {"User-agent: contrechamp\nDisallow: /a\n\nUser-agent: *\nAllow: /\n", 200, false},
		"we are welcome": {"User-agent: *\nDisallow: /\n\nUser-agent: Contrechamp\nAllow: /\n", 200, true},
		"in part":        {"User-agent: *\nDisallow: /a/secret\n", 200, true},
		"it fails":       {"", 503, false}, "it is forbidden": {"", 403, true}, "no text": {"\x00\xff\xfe", 200, true},
	} {
		robots, status = c.robots, c.status
		pages.Store(0)
		f := local()
		v := visit(t, f, s.URL+"/a/b?c")
		if (v.Err == nil) != c.want || v.Err != nil && !errors.Is(v.Err, ErrRobots) || (pages.Load() == 1) != c.want {
			t.Errorf("%s: got %v, want to be let in: %v", name, v.Err, c.want)
		}
		f.IgnoreRobots = true
		if v := visit(t, f, s.URL+"/a/b?c"); v.Err != nil {
			t.Errorf("%s: not asked: got %v", name, v.Err)
		}
	}
	robots, status = "User-agent: *\nCrawl-delay: 9\n", 200
	f := local()
	var slept time.Duration
	f.Sleep = func(_ context.Context, d time.Duration) error { slept = max(slept, d); return nil }
	visit(t, f, s.URL+"/a")
	visit(t, f, s.URL+"/b")
	if slept < 8*time.Second || slept > 9*time.Second {
		t.Errorf("a crawl-delay of 9 s: paused %v", slept)
	}
}

func TestPolite(t *testing.T) {
	var at, most atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), at.Add(1)))
		time.Sleep(5 * time.Millisecond)
		at.Add(-1)
		if r.Header.Get("Cookie") != "" {
			t.Errorf("a cookie was sent: %s", r.Header.Get("Cookie"))
		}
		http.SetCookie(w, &http.Cookie{Name: "visitor", Value: "1"})
		io.WriteString(w, "page")
	}))
	defer s.Close()
	f := local()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { visit(t, f, s.URL+"/a") })
	}
	wait.Wait()
	if most.Load() != 1 {
		t.Errorf("%d visitors at once, want 1", most.Load())
	}
}

// TestDelay: a second between pages, a quarter between what belongs to one, more where robots.txt asks for it; and a
// server of images that is away is asked once.
func TestDelay(t *testing.T) {
	away, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	away.Close()
	robots := ""
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, robots)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<img src=/a.png><img src=/b.png><img src="http://%[1]s/1.png"><img src="http://%[1]s/2.png">`, away.Addr())
	}))
	defer s.Close()
	for text, want := range map[string][]int{"": {1000, 250, 250}, "User-agent: *\nCrawl-delay: 2": {2000, 2000, 2000}} {
		robots = text
		f := local()
		f.Limits.Delay = time.Second
		var slept []int
		f.Sleep = func(_ context.Context, d time.Duration) error {
			slept = append(slept, int(d.Round(50*time.Millisecond)/time.Millisecond))
			return nil
		}
		v := visit(t, f, s.URL+"/page")
		if v.Err != nil || fmt.Sprint(slept) != fmt.Sprint(want) {
			t.Errorf("%q: got %v, paused %v ms, want %v", text, v.Err, slept, want)
		}
		if len(v.LeftOut) != 2 || !strings.Contains(v.LeftOut[0].Reason, "refuses connections") || v.LeftOut[1].Reason != "its server did not answer before" {
			t.Errorf("left out: %q", v.LeftOut)
		}
	}
}
