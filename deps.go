//go:build deps

// Package contrechamp: this file keeps pinned modules in go.mod while the rooms that use them are being built.
package contrechamp

import (
	_ "codeberg.org/readeck/go-readability"
	_ "github.com/abadojack/whatlanggo"
	_ "github.com/gabriel-vasile/mimetype"
	_ "github.com/markusmobius/go-htmldate"
	_ "github.com/markusmobius/go-trafilatura"
	_ "github.com/pressly/goose/v3"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/riverqueue/river"
	_ "github.com/riverqueue/river/riverdriver/riversqlite"
	_ "github.com/riverqueue/river/rivermigrate"
	_ "github.com/schollz/progressbar/v3"
	_ "github.com/spf13/cobra"
	_ "golang.org/x/net/html"
	_ "golang.org/x/net/html/charset"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/sys/unix"
	_ "golang.org/x/text/encoding"
	_ "modernc.org/sqlite"
)
