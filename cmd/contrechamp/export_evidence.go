package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/publish/evidence"
	"contrechamp.org/contrechamp/internal/publish/webarchive"
)

// exportEvidence is the kind under which the log knows these files.
const exportEvidence = "evidence"

func (p *program) exportEvidenceVerb() *cobra.Command {
	var reveal bool
	var flags vouchFlags
	c := &cobra.Command{
		Use:   "evidence CLAIM... OUT.zip",
		Short: "claims with their documents and all that proves when they were received",
		Long: `Writes one file that holds claims, the documents that say them as they were received,
the text that was read, the proof that they stand in this register's log, what
authorities and witnesses said of it, and a page that explains it in French and
English. It is checked with "contrechamp verify" or the small contrechamp-verify,
without this register and without a network.

What it proves: these bytes were received at that time, and this list has not been
rewritten. A document that is withheld does not leave. Where a file lay on this
machine, and who decided on a claim, stays here unless --reveal is given. That the
file was written is logged too.`,
		Example: `  contrechamp export evidence c7f2k5qhzv3m2n4x evidence.zip
  contrechamp claims --about Belgrade --state accepted --format jsonl`,
		Args: cobra.MinimumNArgs(2),
	}
	c.Flags().BoolVar(&reveal, "reveal", false, "open paths of files, and the names and notes of reviewers")
	c.Flags().StringVar(&flags.authorities, "authorities", "", "as for serve: whose time-stamps are put in, with their roots")
	c.Flags().StringVar(&flags.policy, "policy", "", "as for serve: whose cosignatures are put in")
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		ids, out, err := evidenceArgs(c, args)
		if err != nil {
			return err
		}
		v, err := p.vouchers(flags)
		if err != nil {
			return err
		}
		ctx := c.Context()
		h, err := p.open(ctx, "export", writing)
		if err != nil {
			return err
		}
		if err := p.openLog(ctx, h); err != nil {
			return err
		}
		if err := h.cover(ctx); err != nil { // what waits is logged first
			return err
		}
		at, err := p.place()
		if err != nil {
			return err
		}
		key, err := at.keyring().Key()
		if isKind(err, contrechamp.ErrNotFound) {
			err = contrechamp.WithHint(err, "a bundle is signed by the log's key: export on the machine that keeps the log")
		}
		if err != nil {
			return err
		}
		now := time.Now().UTC().Truncate(time.Second)
		clock := func() time.Time { return now } // one date in the whole file
		e := &evidence.Exporter{Now: clock, From: h.store, Blobs: h.blobs, Log: ledger.Folder(at.logFolder()), Key: key, Policy: v.policy, Authorities: v.authorities, Reveal: reveal}
		e.Archive = func(ctx context.Context, w io.Writer, documents []contrechamp.Digest) error {
			x := &webarchive.Exporter{From: h.store, Blobs: h.blobs, Software: "Contrechamp/" + version + " (+" + fetch.Home + ")", Now: clock}
			_, err := x.WACZ(ctx, w, documents)
			return err
		}
		report, err := h.exportEvidence(ctx, e, ids, out)
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, report)
		}
		fmt.Fprintf(p.out, "%s: %s claims, %s documents, %s bytes, sha256 %s\n", printable(out), count(len(report.Claims)), count(len(report.Documents)), count(int(report.Length)), report.Digest)
		for _, u := range report.Unproved {
			if u != bundle.KeyUnproved {
				fmt.Fprintf(p.out, "not proved: %s\n", u)
			}
		}
		fmt.Fprintf(p.out, "give this key by another way than the file: %s\n", key.Public())
		return nil
	}
	return c
}

// evidenceArgs tells claims from the file, which is the argument that ends with .zip.
func evidenceArgs(c *cobra.Command, args []string) (ids []string, out string, err error) {
	for _, a := range args {
		switch {
		case !strings.HasSuffix(strings.ToLower(a), ".zip"):
			ids = append(ids, a)
		case out != "":
			return nil, "", usageError{contrechamp.WithHint(fmt.Errorf("there are two files, %s and %s: %w", out, a, contrechamp.ErrInvalid), c.UseLine())}
		default:
			out = a
		}
	}
	if out == "" || len(ids) == 0 {
		return nil, "", usageError{contrechamp.WithHint(fmt.Errorf("want claims, and a file whose name ends with .zip: %w", contrechamp.ErrInvalid), "contrechamp export evidence CLAIM evidence.zip")}
	}
	return ids, out, nil
}

// exportEvidence writes a bundle, checks it as a reader will, logs that it was written, and only then lets it be there.
func (h *house) exportEvidence(ctx context.Context, e *evidence.Exporter, ids []string, out string) (*bundle.Report, error) {
	contents, err := e.Gather(ctx, ids)
	if isKind(err, contrechamp.ErrNotFound) && contrechamp.Hint(err) == "" {
		err = contrechamp.WithHint(err, "contrechamp claims")
	}
	if err != nil {
		return nil, err
	}
	var report *bundle.Report
	err = writeNew(out, func(w io.Writer) error {
		var b bytes.Buffer
		if err := bundle.Write(&b, contents, e.Key); err != nil {
			return err
		}
		var err error
		if report, err = bundle.Verify(bytes.NewReader(b.Bytes()), int64(b.Len()), bundle.Trust{}); err != nil {
			return fmt.Errorf("export evidence: what was to be written does not hold: %w", err)
		}
		if !report.OK {
			return fmt.Errorf("export evidence: what was to be written does not hold: %s: %w", strings.Join(report.Problems, "; "), contrechamp.ErrAltered)
		}
		if _, err := w.Write(b.Bytes()); err != nil {
			return fmt.Errorf("write %s: %w: %w", out, err, contrechamp.ErrUnavailable)
		}
		salt := contrechamp.NewSalt()
		if err := h.store.AddLeaf(ctx, contrechamp.ExportLeaf(report.Digest, report.Length, time.Now(), exportEvidence, filepath.Base(out), salt), salt); err != nil {
			return fmt.Errorf("log the export: %w", err)
		}
		return h.cover(ctx)
	})
	return report, err
}
