// Package spool keeps a copy of what came as a stream, to be read at any place: in memory while it is small, then in a
// temporary file that goes when the spool is closed.
package spool

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"contrechamp.org/contrechamp"
)

// InMemory is how large a copy may be before it goes to a file.
const InMemory = 4 << 20

// Spool is such a copy. Its zero value is empty and ready. Close it.
type Spool struct {
	buffer bytes.Buffer
	file   *os.File
	size   int64
}

// Write adds to the copy. Its errors are ErrUnavailable: the folder for temporary files does not take it.
func (s *Spool) Write(p []byte) (int, error) {
	s.size += int64(len(p))
	if s.file == nil && s.buffer.Len()+len(p) <= InMemory {
		return s.buffer.Write(p)
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "contrechamp-*")
		if err != nil {
			return 0, failed(err)
		}
		s.file = f
		if _, err := f.Write(s.buffer.Bytes()); err != nil {
			return 0, failed(err)
		}
		s.buffer = bytes.Buffer{}
	}
	n, err := s.file.Write(p)
	if err != nil {
		err = failed(err)
	}
	return n, err
}

func failed(err error) error {
	return fmt.Errorf("keep a temporary copy: %w: %w", err, contrechamp.ErrUnavailable)
}

// Size is how many bytes were written.
func (s *Spool) Size() int64 { return s.size }

// At reads the copy at any place. It is good until the next Write or Close.
func (s *Spool) At() io.ReaderAt {
	if s.file != nil {
		return s.file
	}
	return bytes.NewReader(s.buffer.Bytes())
}

// Section reads n bytes of the copy from a place.
func (s *Spool) Section(from, n int64) *io.SectionReader { return io.NewSectionReader(s.At(), from, n) }

// Close lets the copy go.
func (s *Spool) Close() {
	if s.file != nil {
		s.file.Close()
		_ = os.Remove(s.file.Name()) // a leftover in the folder for leftovers
		s.file = nil
	}
	s.buffer = bytes.Buffer{}
}
