package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/register"
)

// setting is one thing that can be set or is limited, with where its value comes from.
type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

func (p *program) configVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "the settings in force, and where each comes from",
		Args:  cobra.NoArgs,
	}
	f := formatFlag(c, "table", "json")
	c.RunE = func(*cobra.Command, []string) error {
		folder, from, err := p.dataFolder()
		if err != nil {
			return err
		}
		there := "not there yet"
		if _, err := os.Stat(filepath.Join(folder, "contrechamp.db")); err == nil {
			there = "there"
		}
		settings := []setting{
			{"data folder", folder, from},
			{"register", there, "data folder"},
			{"workers", count(workers()), "processors of this machine"},
			{"largest document", fmt.Sprintf("%d MiB", capture.DefaultMaxBytes>>20), "default; add --max-size"},
			{"longest search", fmt.Sprintf("%d bytes", register.MaxQueryBytes), "fixed"},
			{"claims in a dossier", count(register.MaxDossierClaims), "fixed"},
			{"address", defaultAddress, "default; serve --addr"},
		}
		if f.value == "json" {
			return printJSON(p.out, settings)
		}
		t := newTable(p.out)
		t.row("setting", "value", "from")
		for _, s := range settings {
			t.row(s.Name, s.Value, s.From)
		}
		return t.flush()
	}
	return c
}
