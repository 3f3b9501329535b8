package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/web"
)

// defaultAddress is where pages are served unless --addr says otherwise: to this machine only.
const defaultAddress = "127.0.0.1:8080"

// Limits on how long a visitor may hold a connection.
const (
	headerTimeout   = 10 * time.Second
	requestTimeout  = 30 * time.Second
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 10 * time.Second
	maxHeaderBytes  = 64 << 10
)

func (p *program) serveVerb() *cobra.Command {
	var addr, mapFile string
	var photographs bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "show the register as pages, and read what waits",
		Args:  cobra.NoArgs,
	}
	c.Flags().StringVar(&addr, "addr", defaultAddress, "address to listen on")
	p.silenceFlag(c)
	privately := privateFlag(c)
	var vouching vouchFlags
	vouching.add(c)
	pictures := ocrFlag(c)
	c.Flags().StringVar(&mapFile, "map", "", "map of cameras to show, an archive written by \"cameras tiles\" (default: map.pmtiles in the data folder, if it is there)")
	c.Flags().BoolVar(&photographs, "contributions", false, "let visitors send photographs; they wait until \"contributions accept\" (docs/contributions.md)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		atOnce, err := p.atOnce()
		if err != nil {
			return err
		}
		h, err := p.open(c.Context(), "serve", writing)
		if err != nil {
			return err
		}
		if err := p.openLogIfThere(c.Context(), h); err != nil {
			return err
		}
		if err := p.vouch(h, vouching); err != nil {
			return err
		}
		cameras, closeMap, err := p.findMap(mapFile)
		if err != nil {
			return err
		}
		defer closeMap() // only read from
		listener, err := (&net.ListenConfig{}).Listen(c.Context(), "tcp", addr)
		if err != nil {
			return contrechamp.WithHint(fmt.Errorf("listen on %s: %w", addr, err), "contrechamp serve --addr 127.0.0.1:8081")
		}
		fmt.Fprintf(p.errs, "the register is at http://%s/ (interrupt to stop)\n", listener.Addr())
		return serve(c.Context(), h, cameras, listener, *privately, atOnce, *pictures, photographs)
	}
	return c
}

// serve answers requests and works off what waits, until ctx ends; requests under way are finished.
func serve(ctx context.Context, h *house, cameras *web.Map, listener net.Listener, privately string, atOnce int, pictures, photographs bool) error {
	if cameras != nil {
		cameras.Lives = h.store
	}
	explained, err := newExplainer()
	if err != nil {
		return err
	}
	config := web.Config{Store: h.store, Register: h.register, Blobs: h.blobs, Map: cameras, Explain: explained, Logger: slog.Default()}
	if photographs {
		config.Contributions = contributions{h.blobs, h.store}
	}
	handler, err := web.New(config)
	if err != nil {
		return fmt.Errorf("load the pages: %w", err)
	}
	m := newMeters()
	server := &http.Server{
		Handler: m.count(handler), ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	group, ctx := errgroup.WithContext(ctx)
	serveUntil(ctx, group, server, listener)
	group.Go(func() error { return workOff(ctx, h, atOnce, false, pictures, m) })
	group.Go(func() error { return servePrivate(ctx, privately, h, m) })
	// Starting up needs tables (dates of two hundred locales, for one) that are dropped at once: give their memory back.
	debug.FreeOSMemory()
	return group.Wait()
}

// serveUntil answers in the group until ctx ends, and lets requests that were begun be answered.
func serveUntil(ctx context.Context, group *errgroup.Group, server *http.Server, listener net.Listener) {
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		// the visitor's request may outlive ctx: it has its own limit
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		return server.Shutdown(end)
	})
}
