package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/publish/webarchive"
)

func (p *program) exportWARCVerb() *cobra.Command {
	return p.webArchiveVerb(&cobra.Command{
		Use:   "warc OUT [DOCUMENT...]",
		Short: "documents as one WARC file",
		Long: `Writes documents, or all of them, as one WARC 1.1 file (ISO 28500): of a page the
records of each visit as they were kept, of a file a "resource" record. OUT ends
with .warc.gz; "-" is standard output.`,
		Example: `  contrechamp export warc register.warc.gz
  contrechamp export warc page.warc.gz https://www.example.org/press/cameras`,
	}, ".warc.gz", (*webarchive.Exporter).WARC)
}

func (p *program) exportWACZVerb() *cobra.Command {
	return p.webArchiveVerb(&cobra.Command{
		Use:   "wacz OUT [DOCUMENT...]",
		Short: "documents as one WACZ file, which ReplayWeb.page and others show",
		Long: `Writes documents, or all of them, as one WACZ 1.1.1 file: WARC files with an index
and a list of pages. Each visit of an address is a file of its own in it, named by
its SHA-256: the one that the ledger knows. OUT ends with .wacz.`,
		Example: `  contrechamp export wacz register.wacz
  contrechamp export wacz page.wacz https://www.example.org/press/cameras`,
	}, ".wacz", (*webarchive.Exporter).WACZ)
}

// webArchiveVerb completes a verb that writes documents as a web archive.
func (p *program) webArchiveVerb(c *cobra.Command, ending string, write func(*webarchive.Exporter, context.Context, io.Writer, []contrechamp.Digest) (webarchive.Report, error)) *cobra.Command {
	c.Args = cobra.MinimumNArgs(1)
	var title string
	var logged bool
	c.Flags().StringVar(&title, "title", "", "what the archive is called")
	c.Flags().BoolVar(&logged, "log", false, "the file is to be published: record its digest in the ledger")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx, out := c.Context(), args[0]
		if out != "-" && !strings.HasSuffix(out, ending) {
			return usageError{contrechamp.WithHint(fmt.Errorf("the name of the file must end with %s: %w", ending, contrechamp.ErrInvalid), c.CommandPath()+" "+strings.TrimSuffix(out, filepath.Ext(out))+ending)}
		}
		if out == "-" && logged {
			return usageError{fmt.Errorf("--log needs the name of a file: %w", contrechamp.ErrInvalid)}
		}
		h, err := p.open(ctx, "export", use(!logged))
		if err != nil {
			return err
		}
		if logged {
			if err := p.openLog(ctx, h); err != nil {
				return err
			}
		}
		documents, err := h.chosen(ctx, args[1:])
		if err != nil {
			return err
		}
		bar := newProgress(p.errs, "writing", "docs", len(documents))
		defer bar.finish()
		e := &webarchive.Exporter{From: h.store, Blobs: h.blobs, Software: "Contrechamp/" + version + " (+" + fetch.Home + ")", Title: title, Step: bar.step}
		var report webarchive.Report
		if out == "-" {
			report, err = write(e, ctx, p.out, documents)
			return err
		}
		err = writeNew(out, func(w io.Writer) error {
			sum := &digested{hash: sha256.New()}
			if report, err = write(e, ctx, io.MultiWriter(w, sum), documents); err != nil || !logged {
				return err
			}
			salt := contrechamp.NewSalt()
			if err := h.store.AddLeaf(ctx, contrechamp.ExportLeaf(contrechamp.Digest(sum.hash.Sum(nil)), sum.length, time.Now(), c.Name(), filepath.Base(out), salt), salt); err != nil {
				return fmt.Errorf("log the export: %w", err)
			}
			return h.cover(ctx)
		})
		if err != nil {
			return err
		}
		bar.finish()
		if f.value == "json" {
			return printJSON(p.out, report)
		}
		for _, l := range report.LeftOut {
			fmt.Fprintf(p.out, "left out: %s (%s): %s\n", printable(l.Name), l.Document.Short(), l.Reason)
		}
		t := newTable(p.out)
		t.row("documents", count(report.Documents))
		t.row("  visits of addresses", count(report.Visits))
		t.row("  files", count(report.Files))
		return t.flush()
	}
	return c
}

// digested takes the digest of what is written.
type digested struct {
	hash   hash.Hash
	length int64
}

func (d *digested) Write(p []byte) (int, error) {
	d.length += int64(len(p))
	return d.hash.Write(p)
}

// chosen answers the documents that are named, each once; all where none is. An address names all that was captured there.
func (h *house) chosen(ctx context.Context, names []string) ([]contrechamp.Digest, error) {
	var out []contrechamp.Digest
	known := map[contrechamp.Digest]bool{}
	add := func(d contrechamp.Digest) {
		if !known[d] {
			known[d] = true
			out = append(out, d)
		}
	}
	if len(names) == 0 {
		docs, err := h.store.Documents(ctx, contrechamp.DocumentFilter{})
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			add(d.Digest)
		}
		if len(out) == 0 {
			return nil, contrechamp.WithHint(fmt.Errorf("there is no document yet: %w", contrechamp.ErrNotFound), "contrechamp add FOLDER")
		}
	}
	for _, name := range names {
		if fetch.IsAddress(name) {
			sightings, err := h.sightingsAt(ctx, name)
			if err != nil {
				return nil, err
			}
			for _, s := range sightings {
				add(s.Capture)
			}
			continue
		}
		doc, err := h.document(ctx, name)
		if err != nil {
			return nil, err
		}
		add(doc.Digest)
	}
	return out, nil
}

// sightingsAt answers what was captured at an address, ErrNotFound for nothing.
func (h *house) sightingsAt(ctx context.Context, address string) ([]contrechamp.Sighting, error) {
	u, err := fetch.Parse(address)
	if err != nil {
		return nil, err
	}
	sightings, err := h.store.SightingsAt(ctx, u.String())
	if err == nil && len(sightings) == 0 {
		err = contrechamp.WithHint(fmt.Errorf("nothing was captured at %s: %w", u, contrechamp.ErrNotFound), "contrechamp add "+u.String())
	}
	return sightings, err
}

// writeNew writes a file that is not there yet: whole, or not at all.
func writeNew(name string, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(name); err == nil {
		return contrechamp.WithHint(fmt.Errorf("%s is there already, and nothing is written over it: %w", name, contrechamp.ErrConflict), "give another name")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: %w: %w", name, err, contrechamp.ErrInvalid)
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w: %w", name, err, contrechamp.ErrInvalid)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := f.Chmod(0o644); err != nil {
		return fmt.Errorf("write %s: %w: %w", name, err, contrechamp.ErrUnavailable)
	}
	if err := write(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w: %w", name, err, contrechamp.ErrUnavailable)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w: %w", name, err, contrechamp.ErrUnavailable)
	}
	return nil
}
