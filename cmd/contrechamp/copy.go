package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/store"
)

func (p *program) copyVerb() *cobra.Command {
	var from, to, fromBlobs, toBlobs string
	c := &cobra.Command{
		Use:   "copy --from PLACE --to PLACE",
		Short: "move a whole register to another engine, or back",
		Long: `Copies a register as it is at this moment: bytes, texts, claims, decisions. A place
is a data folder or the address of a database (postgres://...); the bytes of a
database on a server rest in a bucket or a folder, which is given too.

The new place must be empty. Afterwards every table is read again there and
compared with the old one by its number of rows and their digest, and every byte
was checked against its name. An interrupted copy goes on when it is called again.
The old place is only read, and may be in use; what is added there meanwhile is not
in the copy.`,
		Example: `  contrechamp copy --from ./data --to postgres://me@db/register --to-blobs s3://my-bucket/register
  contrechamp copy --from postgres://me@db/register --from-blobs s3://my-bucket/register --to ./back`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&from, "from", "", "data folder or address of the register to copy")
	c.Flags().StringVar(&to, "to", "", "empty data folder or address of an empty database")
	c.Flags().StringVar(&fromBlobs, "from-blobs", "", "where the old place's bytes rest, if not in its data folder")
	c.Flags().StringVar(&toBlobs, "to-blobs", "", "where the new place's bytes are to rest, if not in its data folder")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if from == "" || to == "" {
			return usageError{contrechamp.WithHint(fmt.Errorf("copy needs both --from and --to: %w", contrechamp.ErrInvalid), "contrechamp copy --from ./data --to postgres://USER@HOST/NAME --to-blobs s3://BUCKET/PREFIX")}
		}
		old, err := p.parsePlace(from, fromBlobs)
		if err != nil {
			return err
		}
		place, err := p.parsePlace(to, toBlobs)
		if err != nil {
			return err
		}
		return p.copyRegister(c.Context(), "copy", old, place, f.value)
	}
	return c
}

func (p *program) backupVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "backup FOLDER",
		Short: "copy the register, as it is now, into an empty folder",
		Long: `Copies the whole register, bytes, rows and log, into an empty folder while it is in
use; all but the private key of the log, for which there is contrechamp key backup.
The folder is a data folder: contrechamp --data FOLDER serve shows it, and
contrechamp restore FOLDER puts it back. An interrupted backup goes on when it is
called again.`,
		Example: `  contrechamp backup /media/disk/register-2026-11-25`,
		Args:    cobra.ExactArgs(1),
	}
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		old, err := p.place()
		if err != nil {
			return err
		}
		return p.copyRegister(c.Context(), "backup", old, place{data: value{text: args[0]}}, f.value)
	}
	return c
}

func (p *program) restoreVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "restore FOLDER",
		Short: "put a backup back into an empty place",
		Long: `Copies a backup into the register's place, which must be empty: nothing is ever
written over a register. Move the old one away first. Put the key of its log back
with contrechamp key restore FILE; without it nothing more can be recorded.`,
		Example: `  contrechamp --data ./data restore /media/disk/register-2026-11-25`,
		Args:    cobra.ExactArgs(1),
	}
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		to, err := p.place()
		if err != nil {
			return err
		}
		return p.copyRegister(c.Context(), "restore", place{data: value{text: args[0]}}, to, f.value)
	}
	return c
}

// copyRegister copies from one place to another and says what arrived.
func (p *program) copyRegister(ctx context.Context, verb string, from, to place, format string) error {
	if from.db.text == to.db.text && samePath(from.data.text, to.data.text) {
		return usageError{contrechamp.WithHint(fmt.Errorf("both places are %s: %w", from, contrechamp.ErrInvalid), "give an empty place")}
	}
	old, err := from.openStore(ctx, verb, reading)
	if err != nil {
		return err
	}
	defer old.Close() // it was only read
	oldBlobs, err := from.openBlobs(ctx, reading)
	if err != nil {
		return err
	}
	fresh, err := store.Open(ctx, store.Options{Dir: to.data.text, Address: to.db.text, Jobs: to.jobs.text, Verb: verb, Copying: true})
	if err != nil {
		return fmt.Errorf("open %s: %w", to, err)
	}
	p.house = &house{store: fresh} // closed at the program's end, with its error
	newBlobs, err := to.openBlobs(ctx, writing)
	if err != nil {
		return err
	}
	bar := newParts(p.errs)
	copied, err := store.Copy(ctx, store.Place{Store: old, Blobs: oldBlobs}, store.Place{Store: fresh, Blobs: newBlobs}, bar.step)
	bar.finish()
	if err != nil {
		return contrechamp.WithHint(err, hintOr(err, "the same command goes on where this one ended"))
	}
	note, err := copyLog(from, to)
	if err != nil {
		return err
	}
	if note != "" {
		fmt.Fprintln(p.errs, note)
	}
	if format == "json" {
		return printJSON(p.out, copied)
	}
	t := newTable(p.out)
	t.row("", "rows", "sha-256")
	t.row("documents' bytes", count(copied.Blobs), "each checked")
	for _, x := range copied.Tables {
		t.row(x.Name, count(int(x.Rows)), x.Digest[:16])
	}
	if err := t.flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "the register is whole in %s\n", to)
	return err
}

// copyLog copies the log of a register whose rows were copied, where both have a folder for it, and answers what a person
// should know. The private key is never copied along.
func copyLog(from, to place) (note string, err error) {
	if from.data.text == "" {
		return "the log is not copied: it rests on the machine that keeps it", nil
	}
	if to.data.text == "" {
		return "the log stays in " + from.logFolder() + ": go on with it by --data " + from.data.text, nil
	}
	files, err := ledger.Folder(from.logFolder()).CopyTo(ledger.Folder(to.logFolder()))
	if err != nil || files == 0 {
		return "", err
	}
	return "the key that signs the log is not copied: contrechamp key backup FILE", nil
}

// hintOr is the hint that err has, else another.
func hintOr(err error, other string) string {
	if hint := contrechamp.Hint(err); hint != "" {
		return hint
	}
	return other
}

// samePath reports whether two paths name one folder.
func samePath(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return os.SameFile(x, y)
	}
	return filepath.Clean(a) == filepath.Clean(b)
}

// parts draws a bar for each part of a long work.
type parts struct {
	mu   sync.Mutex
	on   func(part string, total int) *progress
	bar  *progress
	part string
	done int64
}

func newParts(w interface{ Write([]byte) (int, error) }) *parts {
	return &parts{on: func(part string, total int) *progress { return newProgress(w, part, "rows", total) }}
}

// step says how far a part is.
func (b *parts) step(part string, done, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if part != b.part {
		if b.bar != nil {
			b.bar.finish()
		}
		b.bar, b.part, b.done = b.on(part, int(total)), part, 0
	}
	b.bar.advance(int(done - b.done))
	b.done = done
}

func (b *parts) finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil {
		b.bar.finish()
	}
}
