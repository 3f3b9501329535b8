package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by make build from the repository's tag or commit.
var version = "development"

func (p *program) versionVerb() *cobra.Command {
	c := &cobra.Command{Use: "version", Short: "which program this is", Args: cobra.NoArgs}
	f := formatFlag(c, "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		v := struct {
			Version  string `json:"version"`
			Go       string `json:"go"`
			Platform string `json:"platform"`
			SQLite   string `json:"sqlite_driver"`
		}{version, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, ""}
		if info, ok := debug.ReadBuildInfo(); ok {
			for _, m := range info.Deps {
				if m.Path == "modernc.org/sqlite" {
					v.SQLite = m.Version
				}
			}
		}
		if f.value == "json" {
			return printJSON(p.out, v)
		}
		fmt.Fprintf(p.out, "contrechamp %s (%s, %s)\n", v.Version, v.Platform, v.Go)
		return nil
	}
	return c
}
