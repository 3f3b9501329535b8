package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

func (p *program) keyVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "key",
		Short: "the key that signs the log of captures and decisions",
		Long: `Every capture and every decision goes into a log that only grows, and each state of
it is signed by a key of this register. Whoever has the public key can check a
proof; whoever has the private one can sign in your name. The private key rests in
the data folder, in keys/, readable by you alone. docs/evidence.md explains it.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.keyCreateVerb(), p.keyShowVerb(), p.keyRotateVerb(), p.keyBackupVerb(), p.keyRestoreVerb())
	return c
}

func (p *program) keyCreateVerb() *cobra.Command {
	var name string
	c := &cobra.Command{
		Use:   "create --name NAME",
		Short: "make the key of a new register, under a name of your own",
		Long: `Makes the key before the first capture does, so that the log bears your name, best an
address of your own that is not used for anything else. Without this verb a random
name is made up. The name cannot be changed later.`,
		Example: `  contrechamp key create --name observatory.example.org/log`,
		Args:    cobra.NoArgs,
	}
	c.Flags().StringVar(&name, "name", "", "name of the log")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if name == "" {
			return usageError{contrechamp.WithHint(fmt.Errorf("create needs a name: %w", contrechamp.ErrInvalid), "contrechamp key create --name observatory.example.org/log")}
		}
		h, err := p.open(c.Context(), "key", writing)
		if err != nil {
			return err
		}
		if signs, err := h.store.LedgerKey(c.Context()); err != nil || signs != "" {
			if err == nil {
				err = contrechamp.WithHint(fmt.Errorf("this register's log is signed already, by %s: %w", signs, contrechamp.ErrConflict), "contrechamp key show")
			}
			return err
		}
		at, err := p.place()
		if err != nil {
			return err
		}
		if _, err := at.keyring().Create(name); err != nil {
			return err
		}
		if err := p.openLog(c.Context(), h); err != nil {
			return err
		}
		return p.printKey(at.keyring())
	}
	return c
}

func (p *program) keyShowVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "show",
		Short: "the public key, to be given to those who check proofs",
		Args:  cobra.NoArgs,
	}
	f := formatFlag(c, "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		at, err := p.place()
		if err != nil {
			return err
		}
		key, err := at.keyring().Key()
		if errors.Is(err, contrechamp.ErrNotFound) {
			return contrechamp.WithHint(fmt.Errorf("there is no key in %s yet: %w", at.keyring(), contrechamp.ErrNotFound), "the first capture makes it: contrechamp add PATH")
		}
		if err != nil {
			return err
		}
		if f.value == "json" {
			keys, err := ledger.Folder(at.logFolder()).Keys()
			if err != nil {
				return err
			}
			record := struct {
				Key     string   `json:"key"`
				Earlier []string `json:"earlier"`
				Private string   `json:"private_key_file"`
			}{key.Public().String(), []string{}, at.keyring().Path()}
			for _, k := range keys {
				if k.String() != record.Key {
					record.Earlier = append(record.Earlier, k.String())
				}
			}
			return printJSON(p.out, record)
		}
		return p.printKey(at.keyring())
	}
	return c
}

// printKey writes the public key alone on standard output, and where the private one is beside it.
func (p *program) printKey(keys ledger.Keyring) error {
	key, err := keys.Key()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.errs, "the private key is in %s: keep a copy elsewhere (contrechamp key backup FILE)\n", keys.Path())
	_, err = fmt.Fprintln(p.out, key.Public())
	return err
}

func (p *program) keyRotateVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate",
		Short: "put a new key in the place of the one that signs",
		Long: `Makes a new key, announces it in the log under a checkpoint that both keys sign, and
then signs with the new one only. The old private key is removed. Interrupted, the
same command goes on. Give the new public key to those who check your proofs, and
make a backup of the new private key.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := p.open(c.Context(), "key", writing)
			if err != nil {
				return err
			}
			if err := p.openLog(c.Context(), h); err != nil {
				return err
			}
			if h.log == nil {
				return fmt.Errorf("no log is written on this system: %w", contrechamp.ErrUnavailable)
			}
			old, next, err := h.log.Rotate(c.Context())
			if err != nil {
				return err
			}
			fmt.Fprintf(p.errs, "%s signed until now; from now on it is %s\n", describe(old), describe(next))
			_, err = fmt.Fprintln(p.out, next)
			return err
		},
	}
}

func (p *program) keyBackupVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "copy the private key into a file, to be kept elsewhere",
		Long: `Copies the private key into a new file that only you can read. Without the key the log
cannot be continued; with it anybody can sign in your name. Keep the copy offline, on
a stick in a drawer. It is never in what "contrechamp backup" copies.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			at, err := p.place()
			if err != nil {
				return err
			}
			key, err := at.keyring().Key()
			if err != nil {
				return err
			}
			if err := writeSecret(args[0], ledger.KeyFile(key)); err != nil {
				return fmt.Errorf("copy the key: %w", err)
			}
			_, err = fmt.Fprintf(p.out, "the private key of %s is in %s\n", describe(key.Public()), args[0])
			return err
		},
	}
}

func (p *program) keyRestoreVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "put the private key back from its copy",
		Long:  `Puts a key back that "contrechamp key backup" copied, where there is none.`,
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			at, err := p.place()
			if err != nil {
				return err
			}
			b, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("read the copy of the key: %w: %w", err, contrechamp.ErrInvalid)
			}
			key, err := ledger.ParseKeyFile(b)
			if err != nil {
				return err
			}
			if err := at.keyring().Install(key); err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "the private key of %s is in %s\n", describe(key.Public()), at.keyring().Path())
			return err
		},
	}
}

// writeSecret writes a file that is not there yet and that only its owner may read. Durable on return.
func writeSecret(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return contrechamp.WithHint(fmt.Errorf("%s is there already, and nothing is written over it: %w", path, contrechamp.ErrConflict), "give the name of a new file")
	}
	if err != nil {
		return fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid)
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("%w: %w", err, contrechamp.ErrUnavailable), os.Remove(path))
	}
	return nil
}
