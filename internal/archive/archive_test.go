package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	made "contrechamp.org/contrechamp/internal/archive/archivetest"
)

func file(name string, data []byte) made.File { return made.File{Name: name, Data: data} }

// list walks through an archive, and answers a line for each member and one for the end.
func list(b []byte, name string, limits Limits) (Kind, []string, error) {
	src := Source{Bytes: bytes.NewReader(b), Size: int64(len(b)), Name: name}
	kind, ok := Detect(b[:min(len(b), Head)], src)
	if !ok {
		return "", nil, nil
	}
	var lines []string
	err := Walk(context.Background(), kind, src, limits, func(m Member) error {
		switch {
		case m.Err != nil:
			lines = append(lines, fmt.Sprintf("%s: %v", m.Name, m.Err))
		case m.SameAs != "":
			lines = append(lines, fmt.Sprintf("%s = %s", m.Name, m.SameAs))
		default:
			content, err := io.ReadAll(m.Reader)
			if errors.Is(err, ErrRatio) || errors.Is(err, ErrFull) {
				return err
			}
			if len(content) > 60 {
				content = fmt.Appendf(nil, "%s... %d bytes", content[:20], len(content))
			}
			line := fmt.Sprintf("%s: %s", m.Name, content)
			if err != nil {
				line += fmt.Sprintf(" (%v)", err)
			}
			lines = append(lines, line)
		}
		return nil
	})
	return kind, lines, err
}

func TestWalk(t *testing.T) {
	page := file("a/page.html", []byte("<p>Une page</p>"))
	note := file("note.txt", []byte("Une note"))
	chunked := "5\r\n<p>Un\r\na;x=1\r\ne page</p>\r\n0\r\n\r\n"
	warc := []made.Record{
		{Type: "warcinfo", Fields: []string{"Content-Type: application/warc-fields"}, Block: "software: test\r\n"},
		{Type: "request", Target: "https://example.org/", Fields: []string{"Content-Type: application/http; msgtype=request"}, Block: "GET / HTTP/1.1\r\n\r\n"},
		made.Response("https://example.org/", "200 OK", "<p>Accueil</p>", "Content-Type: text/html"),
		made.Response("https://example.org/chunked", "200 OK", chunked, "Content-Type: text/html", "Transfer-Encoding: chunked"),
		made.Response("https://example.org/unchunked", "200 OK", "<p>Déjà rassemblée</p>", "Content-Type: text/html", "Transfer-Encoding: chunked"),
		made.Response("https://example.org/packed", "200 OK", string(made.Gzip("", []byte("<p>Serrée</p>"))), "Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip"),
		made.Response("https://example.org/compress", "200 OK", "xxx", "Content-Type: text/html", "Content-Encoding: compress"),
		made.Response("https://example.org/style.css", "200 OK", "p{}", "Content-Type: text/css"),
		made.Response("https://example.org/absent", "404 Not Found", "<p>Rien</p>", "Content-Type: text/html"),
		{Type: "resource", Target: "https://example.org/acte.txt", Fields: []string{"Content-Type: text/plain", "WARC-Payload-Digest: sha1:AAA"}, Block: "Un acte", Version: "1.0"},
		{Type: "revisit", Target: "https://example.org/acte-bis.txt", Fields: []string{"WARC-Payload-Digest: sha1:AAA", "WARC-Profile: x"}, Block: ""},
		{Type: "revisit", Target: "https://example.org/encore", Fields: []string{"WARC-Refers-To-Target-URI: https://example.org/"}, Block: "HTTP/1.1 200 OK\r\n\r\n"},
		{Type: "revisit", Target: "https://example.org/ailleurs", Fields: []string{"WARC-Payload-Digest: sha1:BBB"}, Block: ""},
	}
	pages := []string{
		"https://example.org/: <p>Accueil</p>", "https://example.org/chunked: <p>Une page</p>", "https://example.org/unchunked: <p>Déjà rassemblée</p>",
		"https://example.org/packed: <p>Serrée</p>",
		"https://example.org/compress: the page is compressed in a way that is not read (compress)",
		"https://example.org/acte.txt: Un acte", "https://example.org/acte-bis.txt = https://example.org/acte.txt",
		"https://example.org/encore = https://example.org/",
		"https://example.org/ailleurs: the archive refers for this page to bytes that it does not hold",
	}
	plain := []string{"a/page.html: <p>Une page</p>", "note.txt: Une note"}
	whole := made.WARC(true, warc...)
	for _, c := range []struct {
		name string
		b    []byte
		kind Kind
		want []string
		err  string
	}{
		{"x.zip", made.Zip(page, file("__MACOSX/._note.txt", []byte("x")), file("a/.DS_Store", []byte("x")), note), Zip, plain, ""},
		{"names.zip", made.Zip(file("../../etc/passwd", []byte("1")), file(`C:\temp\a.txt`, []byte("2")), file("a\x00b\u202egpj.txt", []byte("3")), file("/", nil), file("note.txt", []byte("4")), note), Zip,
			[]string{"etc/passwd: 1", "C:/temp/a.txt: 2", "a\uFFFDb\uFFFDgpj.txt: 3", "note.txt: 4", "note.txt (2): Une note"}, ""},
		{"x.tar", made.Tar(page, note), Tar, plain, ""},
		{"x.tar.gz", made.Gzip("", made.Tar(page, note)), Tar, plain, ""},
		{"x.tar.zst", made.Zstd(made.Tar(page, note)), Tar, plain, ""},
		{"cut.tar.gz", made.Gzip("", made.Tar(page, note)[:1100]), Tar, plain[:1], "the TAR archive is cut short or damaged behind its file number 1; what stands before was taken out"},
		{"page.html.gz", made.Gzip("", page.Data), Gzip, []string{"page.html: <p>Une page</p>"}, ""},
		{"x.gz", made.Gzip("named.html", page.Data), Gzip, []string{"named.html: <p>Une page</p>"}, ""},
		{"note.txt.zst", made.Zstd(note.Data), Zstd, []string{"note.txt: Une note"}, ""},
		{"x.warc", made.WARC(false, warc...), WARC, pages, ""},
		{"x.warc.gz", whole, WARC, pages, ""},
		{"cut.warc.gz", whole[:len(whole)-60], WARC, pages[:8], "the WARC archive is cut short or damaged in its record 13; what could be read of it was taken out"},
		{"x.wacz", made.Zip(file("datapackage.json", []byte("{}")), file("pages/pages.jsonl", []byte("{}")), file("archive/data.warc.gz", whole)), WACZ,
			[]string{fmt.Sprintf("archive/data.warc.gz: \x1f\x8b%s... %d bytes", whole[2:20], len(whole))}, ""},
		{"box.mbox", []byte("From a@b Mon\nFrom: a@b\nTo: c@d\nMessage-ID: <1>\n\nUn\n>From ici\n\nFrom a@b Tue\nFrom: e@f\n\nDeux\n"), Mbox,
			[]string{"message 1.eml: From: a@b\nTo: c@d\nMessage-ID: <1>\n\nUn\nFrom ici\n", "message 2.eml: From: e@f\n\nDeux"}, ""},
		{"m.msg", made.Outlook(), MSG, []string{"note.txt: Une note jointe.", "long.txt: Une longue note. Une... 10200 bytes"}, ""},
		{"report.docx", made.Zip(file("[Content_Types].xml", nil), file("word/document.xml", []byte("x"))), "", nil, ""},
		{"notes.txt", []byte("From: the start\nto the end: nothing"), "", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, got, err := list(c.b, c.name, Limits{})
			if kind != c.kind {
				t.Errorf("is a %q, want %q", kind, c.kind)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("holds\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if said := fmt.Sprint(err); err == nil && c.err != "" || err != nil && said != c.err {
				t.Errorf("ends with %v, want %q", err, c.err)
			}
		})
	}
}

// What was made to fill disks is stopped, with the name of the limit.
func TestBombs(t *testing.T) {
	for _, c := range []struct {
		name   string
		b      []byte
		limits Limits
		kind   error
		said   string
	}{
		{"flat.zip", made.FlatBomb(3, 32<<20, false), Limits{}, ErrRatio, "the ZIP archive unpacks to more than 150 times its size: it may have been made to fill disks"},
		{"lying.zip", made.FlatBomb(3, 32<<20, true), Limits{}, nil, ""},
		{"overlap.zip", made.OverlapBomb(5000, 1<<20), Limits{}, ErrOverlap, "files in the ZIP archive share their bytes: it was made to fill disks"},
		{"endless.gz", made.GzipBomb(64 << 20), Limits{}, ErrRatio, "the gzip file unpacks to more than 150 times its size: it may have been made to fill disks"},
		{"endless.tar.gz", made.Gzip("", append(made.Tar(file("a", nil))[:512], make([]byte, 40<<20)...)), Limits{}, nil, ""},
		{"bomb.tar.gz", made.Gzip("", made.Tar(file("zeros", make([]byte, 40<<20)))), Limits{}, ErrRatio, "the TAR archive unpacks to more than 150 times its size: it may have been made to fill disks"},
		{"bomb.zst", made.Zstd(make([]byte, 40<<20)), Limits{}, ErrRatio, "the zstd file unpacks to more than 150 times its size: it may have been made to fill disks"},
		{"many.zip", made.Zip(file("1", nil), file("2", nil), file("3", nil)), Limits{Members: 2, Bytes: 1, Member: 1, Ratio: 1}, ErrTooMany, "the ZIP archive holds more than the 2 files that are taken out of one"},
		{"total.zip", made.Zip(file("1", []byte("abc")), file("2", []byte("def"))), Limits{Members: 9, Bytes: 4, Member: 9, Ratio: 9}, ErrFull, "the ZIP archive unpacks to more than the 0 MiB that are taken out of one"},
		{"headers.warc", made.WARC(false, made.Response("http://a.org/", "200 OK", "x", strings.Split(strings.Repeat("X: y\n", 100_000)+"X: y", "\n")...)), Limits{}, nil, ""},
		{"headers.eml", made.ManyHeaders(100_000), Limits{}, ErrDamaged, "the message has more than the 10000 header lines that are read"},
		{"nested.eml", made.NestedMail(1000), Limits{}, ErrDamaged, "the message has 1001 parts, more than the 200 that are read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got, err := list(c.b, c.name, c.limits)
			if !errors.Is(err, c.kind) || err != nil && (err.Error() != c.said || !errors.Is(err, contrechamp.ErrInvalid)) {
				t.Errorf("ends with %v, want %q; met %q", err, c.said, got)
			}
		})
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"a/b.txt": "a/b.txt", "../../x": "x", "/etc/passwd": "etc/passwd", `..\..\x`: "x", "": "unnamed", "..": "unnamed", "a//./b": "a/b",
		"a\nb\x1b[31m": "a\uFFFDb\uFFFD[31m", "\xff": "\uFFFD", "https://a.org/x/../y?z=1#q": "https://a.org/x/../y?z=1#q",
		strings.Repeat("é", 600): strings.Repeat("é", 500),
	} {
		if got := SafeName(in); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzWalk opens whatever comes as each kind: it ends, in its limits, and every name is safe.
func FuzzWalk(f *testing.F) {
	for _, b := range [][]byte{made.Zip(file("a", []byte("b"))), made.Tar(file("a", []byte("b"))), made.Gzip("x", []byte("y")), made.Zstd([]byte("z")), made.Outlook(),
		made.WARC(true, made.Response("http://a.org/", "200 OK", "x", "Content-Type: text/html")), made.NestedMail(3), made.OverlapBomb(2, 100),
		made.WARC(false, made.Response("http://a.org/", "200 OK", "1\r\nx\r\n0\r\n", "Content-Type: text/html", "Transfer-Encoding: chunked")),
		[]byte("From a\nFrom: b\nTo: c\nMIME-Version: 1.0\n\nd\n")} {
		f.Add(b)
	}
	limits := Limits{Members: 100, Bytes: 1 << 20, Member: 1 << 20, Ratio: 100}
	f.Fuzz(func(t *testing.T, b []byte) {
		src := Source{Bytes: bytes.NewReader(b), Size: int64(len(b)), Name: "fuzz"}
		Detect(b[:min(len(b), Head)], src)
		for _, kind := range []Kind{Zip, Tar, Gzip, Zstd, WARC, Mbox, Mail, MSG} {
			total := int64(0)
			err := Walk(context.Background(), kind, src, limits, func(m Member) error {
				if m.Name != SafeName(m.Name) && !strings.HasSuffix(m.Name, ")") {
					t.Errorf("the name %q is not safe", m.Name)
				}
				if m.Reader != nil {
					n, err := io.Copy(io.Discard, m.Reader)
					if total += n; err != nil && (errors.Is(err, ErrRatio) || errors.Is(err, ErrFull)) {
						return err
					}
				}
				return nil
			})
			if total > limits.Bytes {
				t.Errorf("%s: %d bytes unpacked", kind, total)
			}
			if err != nil && !errors.Is(err, contrechamp.ErrInvalid) {
				t.Errorf("%s: %v is not ErrInvalid", kind, err)
			}
		}
	})
}
