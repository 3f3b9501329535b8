package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/witness"
)

// witnessAddress is where a witness listens unless --addr says otherwise.
const witnessAddress = "127.0.0.1:8082"

func (p *program) witnessVerb() *cobra.Command {
	var name, addr string
	var logs []string
	c := &cobra.Command{
		Use:   "witness --log KEY...",
		Short: "cosign the logs of other observatories, so that they cannot be rewritten",
		Long: `Listens for checkpoints of the logs whose keys are given, and cosigns each that goes on
from the one before (c2sp.org/tlog-witness). It remembers the last one of each log,
refuses what contradicts it, and keeps that as proof. It learns sizes and hashes, and
nothing of what a log is about.

The key is made on first use, under --name, and rests in witness/ in the data folder,
readable by you alone. Give the public one ("contrechamp witness key") and your
address to those whose log you watch. docs/evidence.md explains it.`,
		Example: `  contrechamp witness --name witness.example.org --log observatory.example.org/log+1a2b3c4d+Aa...
  contrechamp witness --log keys.txt --addr 0.0.0.0:8082`,
		Args: cobra.NoArgs,
	}
	c.PersistentFlags().StringVar(&name, "name", "", "name of the witness, best an address of your own; needed once, and not changed later")
	c.Flags().StringArrayVar(&logs, "log", nil, "key of a log to watch, or a file with one on each line")
	c.Flags().StringVar(&addr, "addr", witnessAddress, "address to listen on")
	c.AddCommand(&cobra.Command{
		Use:     "key",
		Short:   "the public key of this witness, for policies",
		Example: "  contrechamp witness key --name witness.example.org",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			folder, skey, err := p.witnessKey(name)
			if err != nil {
				return err
			}
			vkey, err := witness.VerifierKey(skey)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.errs, "the private key is in %s: keep a copy elsewhere\n", filepath.Join(folder, witnessKeyFile))
			_, err = fmt.Fprintln(p.out, vkey)
			return err
		},
	})
	c.RunE = func(c *cobra.Command, _ []string) error {
		keys, err := readLogKeys(logs)
		if err != nil {
			return err
		}
		folder, skey, err := p.witnessKey(name)
		if err != nil {
			return err
		}
		w, err := witness.New(witness.Config{Dir: folder, Key: skey, Logs: keys})
		if isKind(err, contrechamp.ErrConflict) {
			err = contrechamp.WithHint(err, "a witness runs already; stop it, or give another data folder")
		}
		if err != nil {
			return err
		}
		listener, err := (&net.ListenConfig{}).Listen(c.Context(), "tcp", addr)
		if err != nil {
			return errors.Join(contrechamp.WithHint(fmt.Errorf("listen on %s: %w", addr, err), "contrechamp witness --addr 127.0.0.1:8083"), w.Close())
		}
		fmt.Fprintf(p.errs, "the witness %s listens at http://%s/ (interrupt to stop)\n", w.VerifierKey().Name(), listener.Addr())
		return errors.Join(serveWitness(c.Context(), w, listener), w.Close())
	}
	return c
}

// serveWitness answers until ctx ends. Its limits are tighter than those for pages: requests are small.
func serveWitness(ctx context.Context, handler http.Handler, listener net.Listener) error {
	const readTimeout, writeTimeout = 15 * time.Second, 15 * time.Second
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: 8 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	group, ctx := errgroup.WithContext(ctx)
	serveUntil(ctx, group, server, listener)
	return group.Wait()
}

const witnessKeyFile = "witness.key"

// witnessKey answers the folder and the private key of this machine's witness, and makes both on first use.
func (p *program) witnessKey(name string) (folder, skey string, err error) {
	data, _, err := p.dataFolder()
	if err != nil {
		return "", "", err
	}
	folder = filepath.Join(data, "witness")
	path := filepath.Join(folder, witnessKeyFile)
	b, err := os.ReadFile(path)
	if err == nil {
		skey = strings.TrimSpace(string(b))
		vkey, err := witness.VerifierKey(skey)
		if err != nil {
			return "", "", contrechamp.WithHint(fmt.Errorf("%s: %w", path, err), "put it back from your copy")
		}
		if name != "" && name != vkey.Name() {
			return "", "", contrechamp.WithHint(fmt.Errorf("this witness is called %s, and not %s: %w", vkey.Name(), name, contrechamp.ErrConflict), "leave --name out")
		}
		return folder, skey, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", "", fmt.Errorf("key of the witness: %w: %w", err, contrechamp.ErrUnavailable)
	}
	// A witness that forgot its key but not what it signed is no other witness: it must not begin anew by accident.
	if _, err := os.Stat(filepath.Join(folder, "cosigned")); err == nil {
		return "", "", contrechamp.WithHint(fmt.Errorf("the key of the witness is gone from %s: %w", folder, contrechamp.ErrNotFound), "put "+path+" back from your copy")
	}
	if name == "" {
		return "", "", usageError{contrechamp.WithHint(fmt.Errorf("a witness needs a name, once: %w", contrechamp.ErrInvalid), "contrechamp witness --name witness.example.org")}
	}
	if _, err := ledger.NewKey(name); err != nil {
		return "", "", usageError{err}
	}
	if skey, _, err = note.GenerateKey(rand.Reader, name); err != nil {
		return "", "", fmt.Errorf("make the key of the witness: %w", err)
	}
	if err := durable.MakeFolder(folder, 0o700); err != nil {
		return "", "", err
	}
	return folder, skey, durable.WriteFile(path, []byte(skey+"\n"), 0o600)
}

// readLogKeys reads the keys of logs, each given as it stands or as a file with one on each line.
func readLogKeys(args []string) ([]ledger.VerifierKey, error) {
	var out []ledger.VerifierKey
	for _, arg := range args {
		text := arg
		if !strings.Contains(arg, "+") {
			b, err := os.ReadFile(arg)
			if err != nil {
				return nil, fmt.Errorf("keys of logs: %w: %w", err, contrechamp.ErrInvalid)
			}
			text = string(b)
		}
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			k, err := ledger.ParseVerifierKey(line)
			if err != nil || k.IsWitness() {
				return nil, contrechamp.WithHint(fmt.Errorf("%q is no key of a log: %w", oneLine(line, 80), contrechamp.ErrInvalid), "ask its keeper for what \"contrechamp key show\" prints")
			}
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return nil, usageError{contrechamp.WithHint(fmt.Errorf("there is no log to watch: %w", contrechamp.ErrInvalid), "contrechamp witness --log KEY")}
	}
	return out, nil
}
