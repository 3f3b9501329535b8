package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

// readyLimit is how long the store may take to answer before the program is not ready.
const readyLimit = 5 * time.Second

// privateFlag gives c the flag --private.
func privateFlag(c *cobra.Command) *string {
	return c.Flags().String("private", "", "address for those who keep the machine: /healthz, /readyz, /metrics, /debug/pprof/ (default: none); never a public one")
}

// meters count what the program does. Of visitors they know how many requests there were, and nothing else.
type meters struct {
	set             *metrics.Set
	read, notRead   *metrics.Counter
	claims          *metrics.Counter
	readingSeconds  *metrics.Histogram
	requestSeconds  *metrics.Histogram
	requestsByClass [6]*metrics.Counter // of status: 2 is 200 to 299
}

func newMeters() *meters {
	set := metrics.NewSet()
	m := &meters{
		set:            set,
		read:           set.NewCounter(`contrechamp_documents_total{result="read"}`),
		notRead:        set.NewCounter(`contrechamp_documents_total{result="not_read"}`),
		claims:         set.NewCounter(`contrechamp_claims_proposed_total`),
		readingSeconds: set.NewHistogram(`contrechamp_reading_duration_seconds`),
		requestSeconds: set.NewHistogram(`contrechamp_request_duration_seconds`),
	}
	for class := range m.requestsByClass {
		m.requestsByClass[class] = set.NewCounter(fmt.Sprintf(`contrechamp_requests_total{status="%dxx"}`, class))
	}
	return m
}

// heard counts one reading.
func (m *meters) heard(r contrechamp.Reading) {
	if r.Reason != "" {
		m.notRead.Inc()
		return
	}
	m.read.Inc()
	m.claims.Add(len(r.Claims))
}

// count counts the requests that h answers.
func (m *meters) count(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(seen, r)
		m.requestSeconds.UpdateDuration(began)
		m.requestsByClass[min(max(seen.status/100, 0), 5)].Inc()
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find what the writer under it can do.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// private answers those who keep the machine.
func private(h *house, m *meters) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyLimit)
		defer cancel()
		if err := h.ready(ctx); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyLimit)
		defer cancel()
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		m.set.WritePrometheus(w)
		metrics.WriteProcessMetrics(w)
		figures, err := h.store.Figures(ctx)
		if err != nil {
			slog.WarnContext(ctx, "counting for the metrics", "error", err)
			return
		}
		for name, value := range map[string]int{
			"contrechamp_documents": figures.Documents, "contrechamp_documents_waiting": figures.Waiting,
			"contrechamp_documents_not_read": figures.NotRead, "contrechamp_claims": figures.Claims,
			"contrechamp_dossiers": figures.Dossiers, "contrechamp_disagreements": figures.Disagreements,
		} {
			metrics.WriteGaugeUint64(w, name, uint64(max(value, 0)))
		}
	})
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// ready reports whether the register can be asked, rows and bytes.
func (h *house) ready(ctx context.Context) error {
	if _, err := h.store.Waiting(ctx); err != nil {
		return err
	}
	_, err := h.blobs.Has(ctx, contrechamp.Sum(nil))
	return err
}

// servePrivate serves the private address until ctx ends; with none it returns at once.
func servePrivate(ctx context.Context, addr string, h *house, m *meters) error {
	if addr == "" {
		return nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return contrechamp.WithHint(fmt.Errorf("listen on %s: %w", addr, err), "--private 127.0.0.1:9090")
	}
	slog.InfoContext(ctx, "private address", "address", listener.Addr().String())
	server := &http.Server{Handler: private(h, m), ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout}
	stop := context.AfterFunc(ctx, func() { server.Close() }) // nobody is owed an answer there
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", addr, err)
	}
	return nil
}
