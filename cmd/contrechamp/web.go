package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/capture/render"
)

// webFlags are the flags of a verb that fetches addresses.
type webFlags struct {
	allowPrivate bool
	ignoreRobots bool
	pageOnly     bool
	render       bool
	contact      string
	delay        time.Duration
	timeout      time.Duration
}

// contactSetting is the environment variable with the operator's address.
const contactSetting = "CONTRECHAMP_CONTACT"

func newWebFlags(c *cobra.Command) *webFlags {
	f := &webFlags{}
	c.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch addresses of this machine and of its networks too")
	c.Flags().BoolVar(&f.ignoreRobots, "ignore-robots", false, "fetch what a server's robots.txt asks programs not to fetch")
	c.Flags().BoolVar(&f.pageOnly, "page-only", false, "of an address, fetch the page alone, without images, styles and fonts")
	c.Flags().BoolVar(&f.render, "render", false, "keep a picture of each page too, and its document after scripts have run (needs Chromium)")
	c.Flags().StringVar(&f.contact, "contact", os.Getenv(contactSetting), "a mail address or a page by which servers' keepers can reach you, sent with each request (default: $"+contactSetting+")")
	c.Flags().DurationVar(&f.delay, "delay", fetch.DefaultLimits.Delay, "how long a host is left alone between two requests; its robots.txt may ask for more")
	c.Flags().DurationVar(&f.timeout, "timeout", fetch.DefaultLimits.Visit, "how long one page may take with all that belongs to it")
	return f
}

func (f *webFlags) check() error {
	if f.render {
		if _, err := newBrowser(nil); err != nil {
			return err
		}
	}
	if f.delay < 0 || f.timeout <= 0 {
		return usageError{fmt.Errorf("--delay and --timeout must be times, as \"1s\": %w", contrechamp.ErrInvalid)}
	}
	return nil
}

// web is what capturing addresses needs, as the flags say.
func (p *program) web(h *house, f *webFlags, maxBytes int64) (*capture.Web, error) {
	limits := fetch.Limits{Bytes: maxBytes, Delay: f.delay, Visit: f.timeout, Whole: min(f.timeout, fetch.DefaultLimits.Whole)}
	if f.delay == 0 {
		limits.Delay = -1
	}
	if f.pageOnly {
		limits.Requisites = -1
	}
	if f.ignoreRobots {
		fmt.Fprintln(p.errs, "warning: robots.txt is not asked: you answer for the right to fetch these pages")
	}
	w := &capture.Web{
		Fetcher:   &fetch.Fetcher{UserAgent: fetch.UserAgent(version, f.contact), AllowPrivate: f.allowPrivate, IgnoreRobots: f.ignoreRobots, Limits: limits},
		Addresses: h.store, Software: "Contrechamp/" + version, Operator: f.contact,
	}
	if f.render {
		browser, err := newBrowser(w.Fetcher)
		if err != nil {
			return nil, err
		}
		w.Renderer = browser
	}
	return w, nil
}

// newBrowser answers the browser that shows pages, with the network of a fetcher.
func newBrowser(f *fetch.Fetcher) (*render.Browser, error) {
	path, err := render.Find()
	if err != nil {
		return nil, err
	}
	b := &render.Browser{Path: path, NoSandbox: os.Getenv(render.SandboxSetting) == "1"}
	if f != nil {
		b.Dial, b.UserAgent = f.DialContext, f.UserAgent
	}
	return b, b.CheckSandbox()
}
