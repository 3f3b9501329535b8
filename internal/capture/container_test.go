package capture

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	made "contrechamp.org/contrechamp/internal/archive/archivetest"
)

func file(name, data string) made.File { return made.File{Name: name, Data: []byte(data)} }

// What a container holds is captured too, and knows its container.
func TestAddOpensContainers(t *testing.T) {
	mail := "From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../note.txt\"\r\n\r\nUne note\r\n--b--\r\n"
	warc := made.WARC(true, made.Response("https://example.org/a", "200 OK", "<p>Une page</p>", "Content-Type: text/html"),
		made.Record{Type: "revisit", Target: "https://example.org/b", Fields: []string{"WARC-Refers-To-Target-URI: https://example.org/a"}})
	root := t.TempDir()
	write(t, root, "box.zip", string(made.Zip(file("../a/page.html", "<p>Une page</p>"), file("mail.eml", mail), made.File{Name: "web.warc.gz", Data: warc})))
	write(t, root, "cut.tar.gz", string(made.Gzip("", made.Tar(file("un.txt", "un"), file("deux.txt", "deux"))[:1100])))
	write(t, root, "bomb.gz", string(made.GzipBomb(40<<20)))
	write(t, root, "plain.txt", "Une note")
	m := newMemory()
	got := add(t, &Capturer{Blobs: m, Recorder: m}, root, root)
	want := []string{"bomb.gz", "bomb.gz!", "box.zip", "box.zip!/a/page.html", "box.zip!/mail.eml", "box.zip!/mail.eml!/note.txt", "box.zip!/web.warc.gz",
		"box.zip!/web.warc.gz!/https:/example.org/a", "box.zip!/web.warc.gz!/https:/example.org/b", "cut.tar.gz", "cut.tar.gz!", "cut.tar.gz!/un.txt", "plain.txt"}
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, want) {
		t.Errorf("met\n%s\nwant\n%s", strings.Join(names, "\n"), strings.Join(want, "\n"))
	}
	if err := got["bomb.gz!"].Err; !errors.Is(err, archive.ErrRatio) {
		t.Errorf("the bomb: %v", err)
	}
	if err := got["cut.tar.gz!"].Err; !errors.Is(err, archive.ErrTruncated) {
		t.Errorf("the cut archive: %v", err)
	}
	if got["box.zip!/mail.eml!/note.txt"].Digest != contrechamp.Sum([]byte("Une note")) || !bytes.Equal(m.bytes[got["box.zip!/web.warc.gz"].Digest], warc) {
		t.Error("what was taken out is not what was put in")
	}
	if a := got["box.zip!/web.warc.gz!/https:/example.org/a"]; a.Digest != got["box.zip!/a/page.html"].Digest || a.Digest != got["box.zip!/web.warc.gz!/https:/example.org/b"].Digest {
		t.Error("one page met three times is not one capture")
	}
	for _, r := range m.received {
		_, _, inside := strings.Cut(r.Sighting.Path, Inside)
		if inside == r.Sighting.Container.IsZero() {
			t.Errorf("%s has the container %s", r.Sighting.Path, r.Sighting.Container)
		}
		at := strings.LastIndex(strings.TrimSuffix(strings.Split(r.Sighting.Path, "!/https:")[0], "/"), Inside)
		if inside && !strings.Contains(r.Sighting.Path, "https:") {
			outer := strings.TrimPrefix(r.Sighting.Path[:at], root+"/")
			if r.Sighting.Container != got[outer].Digest {
				t.Errorf("%s knows another container than %s", r.Sighting.Path, outer)
			}
		}
	}
}

// A stream is opened as a file is.
func TestAddOpensStandardInput(t *testing.T) {
	m := newMemory()
	large := bytes.Repeat([]byte("Une ligne assez longue pour faire un gros fichier, et qui dit 1234567890.\n"), 100_000)
	b := made.Tar(made.File{Name: "large.txt", Data: large}, file("small.txt", "petit")) // larger than what stays in memory
	var paths []string
	c := &Capturer{Blobs: m, Recorder: m, Stdin: bytes.NewReader(b)}
	if err := c.Add(t.Context(), []string{Stdin}, func(o Outcome) { paths = append(paths, o.Path) }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"-", "-!/large.txt", "-!/small.txt"}; !slices.Equal(paths, want) {
		t.Errorf("met %q, want %q", paths, want)
	}
}

// Archives in archives are opened only so deep, and share one budget.
func TestAddStopsInTheDepth(t *testing.T) {
	root := t.TempDir()
	write(t, root, "nested.zip", string(made.NestedBomb(6, 2, 1000)))
	m := newMemory()
	deep := 0
	for path, o := range add(t, &Capturer{Blobs: m, Recorder: m}, root, root) {
		if o.Err != nil && errors.Is(o.Err, archive.ErrDepth) {
			deep++
		} else if o.Err != nil {
			t.Errorf("%s: %v", path, o.Err)
		}
	}
	if deep == 0 {
		t.Error("nothing was too deep")
	}
}

func TestAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/a/b.zip!/c.html": "", "/a/b.warc!/https://example.org/x!/y": "https://example.org/x!/y", "b.zip!/c.warc!/http://a.b/": "http://a.b/", "https.txt": "",
	} {
		if got := Address(path); got != want {
			t.Errorf("Address(%q) = %q, want %q", path, got, want)
		}
	}
}
