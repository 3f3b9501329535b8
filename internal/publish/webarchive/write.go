package webarchive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

// Version is the version of WACZ that is written.
const Version = "1.1.1"

// WARC writes documents as one WARC file.
func (e *Exporter) WARC(ctx context.Context, w io.Writer, documents []contrechamp.Digest) (Report, error) {
	c, err := e.collect(ctx, documents, func(p part) error {
		_, err := w.Write(p.file)
		return err
	})
	if err != nil {
		return Report{}, err
	}
	return c.report, nil
}

// WACZ writes documents as one WACZ file.
func (e *Exporter) WACZ(ctx context.Context, w io.Writer, documents []contrechamp.Digest) (Report, error) {
	z := &zipped{w: zip.NewWriter(w), at: e.now()}
	var index []entry
	c, err := e.collect(ctx, documents, func(p part) error {
		index = append(index, p.cdx...)
		return z.store("archive/"+p.name, p.file)
	})
	if err != nil {
		return Report{}, err
	}
	cdx, err := writeIndex(index)
	if err != nil {
		return Report{}, err
	}
	if err := z.pack("indexes/index.cdx", cdx); err != nil {
		return Report{}, err
	}
	pages, err := writePages(c.pages)
	if err != nil {
		return Report{}, err
	}
	if err := z.pack("pages/pages.jsonl", pages); err != nil {
		return Report{}, err
	}
	if err := e.manifest(z, c.pages); err != nil {
		return Report{}, err
	}
	return c.report, z.w.Close()
}

func (e *Exporter) now() time.Time {
	if e.Now != nil {
		return e.Now().UTC()
	}
	return time.Now().UTC()
}

// resource is a file as datapackage.json lists it.
type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int    `json:"bytes"`
}

// zipped writes the files of a WACZ and remembers them.
type zipped struct {
	w     *zip.Writer
	at    time.Time
	files []resource
}

// store writes a file that is packed already as it is, with its length before it, so that it can be read from its place.
func (z *zipped) store(name string, b []byte) error {
	z.remember(name, b)
	h := &zip.FileHeader{Name: name, Method: zip.Store, Modified: z.at, CRC32: crc32.ChecksumIEEE(b), CompressedSize64: uint64(len(b)), UncompressedSize64: uint64(len(b))}
	to, err := z.w.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = to.Write(b)
	return err
}

// pack writes a file of text.
func (z *zipped) pack(name string, b []byte) error {
	z.remember(name, b)
	to, err := z.w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.at})
	if err != nil {
		return err
	}
	_, err = to.Write(b)
	return err
}

func (z *zipped) remember(path string, b []byte) {
	z.files = append(z.files, resource{path[strings.LastIndexByte(path, '/')+1:], path, hashOf(b), len(b)})
}

func hashOf(b []byte) string { return "sha256:" + contrechamp.Sum(b).String() }

func writeIndex(entries []entry) ([]byte, error) {
	lines := make([]string, len(entries))
	for i, e := range entries {
		l, err := e.line()
		if err != nil {
			return nil, err
		}
		lines[i] = string(l)
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "")), nil
}

// pageTime is RFC 3339 with whole seconds, as the specification's examples have it.
const pageTime = "2006-01-02T15:04:05Z"

func writePages(pages []page) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b) // a line each
	out.SetEscapeHTML(false)
	if err := out.Encode(map[string]string{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}); err != nil {
		return nil, err
	}
	for _, p := range pages {
		err := out.Encode(struct {
			ID    string `json:"id"`
			URL   string `json:"url"`
			TS    string `json:"ts"`
			Title string `json:"title"`
			Size  int64  `json:"size"`
		}{p.id, p.address, p.at.UTC().Format(pageTime), p.title, p.size})
		if err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// manifest writes datapackage.json and its digest.
func (e *Exporter) manifest(z *zipped, pages []page) error {
	m := struct {
		Profile      string     `json:"profile"`
		Version      string     `json:"wacz_version"`
		Title        string     `json:"title,omitempty"`
		Description  string     `json:"description"`
		Created      string     `json:"created"`
		Software     string     `json:"software"`
		MainPage     string     `json:"mainPageUrl,omitempty"`
		MainPageDate string     `json:"mainPageDate,omitempty"`
		Resources    []resource `json:"resources"`
	}{"data-package", Version, e.Title,
		fmt.Sprintf("Documents as they were received, written by %s. Each file archive/HEX.warc.gz holds the records of one visit and is named by its SHA-256.", e.Software),
		e.now().Format(pageTime), e.Software, "", "", z.files}
	if len(pages) > 0 {
		m.MainPage, m.MainPageDate = pages[0].address, pages[0].at.UTC().Format(pageTime)
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := z.pack("datapackage.json", b); err != nil {
		return err
	}
	digest, err := json.MarshalIndent(map[string]string{"path": "datapackage.json", "hash": hashOf(b)}, "", "  ")
	if err != nil {
		return err
	}
	return z.pack("datapackage-digest.json", digest)
}
