package store

import (
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// scripts is a folder of texts in memory, by name: what migrations are read from once they are in an engine's words.
type scripts map[string]string

// Open implements fs.FS.
func (s scripts) Open(name string) (fs.File, error) {
	if name == "." {
		return &openScript{script: script{name: name, dir: true}}, nil
	}
	text, ok := s[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openScript{script{name: name, size: len(text)}, strings.NewReader(text)}, nil
}

// ReadDir implements fs.ReadDirFS.
func (s scripts) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	var entries []fs.DirEntry
	for name, text := range s {
		entries = append(entries, fs.FileInfoToDirEntry(script{name: name, size: len(text)}))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// script describes one text.
type script struct {
	name string
	size int
	dir  bool
}

func (s script) Name() string       { return s.name }
func (s script) Size() int64        { return int64(s.size) }
func (s script) ModTime() time.Time { return time.Time{} }
func (s script) IsDir() bool        { return s.dir }
func (s script) Sys() any           { return nil }

func (s script) Mode() fs.FileMode {
	if s.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openScript struct {
	script
	text *strings.Reader
}

func (o *openScript) Stat() (fs.FileInfo, error) { return o.script, nil }
func (o *openScript) Close() error               { return nil }

func (o *openScript) Read(b []byte) (int, error) {
	if o.text == nil {
		return 0, io.EOF
	}
	return o.text.Read(b)
}
