package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/capture/render"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/store"
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
		at, err := p.place()
		if err != nil {
			return err
		}
		n, err := p.atOnce()
		if err != nil {
			return err
		}
		v, err := p.vouchers(vouchFlags{})
		if err != nil {
			return err
		}
		settings := []setting{
			{"data folder", at.data.text, at.data.from},
			rowsSetting(at),
			{"bytes", store.Redact(at.bytes()), at.blobs.from},
			{"log", at.logFolder(), orElse(at.ledger.from, "default")},
			{"time-stamping authorities", orElse(v.authoritiesFrom.text, "none"), v.authoritiesFrom.from},
			{"witnesses", orElse(v.policyFrom.text, "none"), v.policyFrom.from},
			{"queue", orElse(store.Redact(at.jobs.text), "beside the rows"), at.jobs.from},
			{"read at once", count(n), "processors of this machine; --jobs"},
			{"largest document", fmt.Sprintf("%d MiB", capture.DefaultMaxBytes>>20), "default; add --max-size"},
			contactInForce(),
			browserInForce(),
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

// rowsSetting says where the rows rest; of a data folder also whether there are any.
func rowsSetting(at place) setting {
	if at.db.text != "" {
		return setting{"rows", store.Redact(at.db.text), at.db.from}
	}
	there := "SQLite, not there yet"
	if _, err := os.Stat(filepath.Join(at.data.text, "contrechamp.db")); err == nil {
		there = "SQLite, there"
	}
	return setting{"rows", there, "data folder"}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// contactInForce is how servers' keepers can reach whoever fetches their pages.
func contactInForce() setting {
	if contact := os.Getenv(contactSetting); contact != "" {
		return setting{"contact", contact, "$" + contactSetting}
	}
	return setting{"contact", "none", "default; add --contact, $" + contactSetting}
}

// browserInForce is the browser that add --render starts.
func browserInForce() setting {
	from := "found on the path"
	if os.Getenv(render.PathSetting) != "" {
		from = "$" + render.PathSetting
	}
	path, err := render.Find()
	if err != nil {
		path = "none"
	}
	return setting{"browser", path, from}
}
