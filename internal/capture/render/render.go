// Package render lets a browser show a page, and takes its picture and its document after scripts have run.
//
// The browser is a Chromium that is installed; without one there is ErrNoBrowser. It reaches the network through a proxy
// in this process only, which connects by the rules of package fetch: what leads inside is refused to scripts, frames and
// images too, and names are resolved by nobody else. It has a profile of its own that goes afterwards, a limit of time, of
// bytes, and (on Linux) of memory. What it makes is not what a server sent: records of it say so.
package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

// ErrNoBrowser: no Chromium is installed.
var ErrNoBrowser = fmt.Errorf("no browser: %w", contrechamp.ErrUnavailable)

// Environment variables.
const (
	PathSetting    = "CONTRECHAMP_CHROMIUM"            // the browser's program, where it has another name
	SandboxSetting = "CONTRECHAMP_CHROMIUM_NO_SANDBOX" // "1" runs it without its sandbox
)

// names are those that distributions give the program.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Limits are what showing a page may take. Zero fields are those of DefaultLimits.
type Limits struct {
	Whole   time.Duration
	Settle  time.Duration // of the page's own time, for scripts; the browser lets it pass faster
	Bytes   int64         // over the network
	Memory  int64         // of the browser's processes together
	Picture int64         // bytes
	DOM     int64         // bytes
	Width   int
	Height  int
}

// DefaultLimits suit a heavy page.
var DefaultLimits = Limits{Whole: time.Minute, Settle: 10 * time.Second, Bytes: 128 << 20, Memory: 2 << 30, Picture: 32 << 20, DOM: 32 << 20, Width: 1280, Height: 2400}

// Browser shows pages. Path and Dial must be set.
type Browser struct {
	Path      string // of the program; see Find
	Dial      Dialer // makes every connection
	UserAgent string // added to the browser's own
	Limits    Limits
	NoSandbox bool
}

// Page is what a browser made of a page.
type Page struct {
	At      time.Time
	Picture []byte // PNG
	DOM     []byte // HTML, UTF-8
	Browser string // name and version
	Refused []string
}

// Find answers the browser's program. It answers ErrNoBrowser where there is none.
func Find() (string, error) {
	candidates := names
	if own := os.Getenv(PathSetting); own != "" {
		candidates = []string{own}
	}
	for _, name := range candidates {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", contrechamp.WithHint(fmt.Errorf("no Chromium is installed, and pages cannot be rendered without one: %w", ErrNoBrowser),
		"install it (Debian: apt install chromium), or name it in "+PathSetting)
}

// CheckSandbox answers an error where the browser's sandbox cannot work and nobody has said to do without.
func (b *Browser) CheckSandbox() error {
	if os.Geteuid() == 0 && !b.NoSandbox {
		return contrechamp.WithHint(fmt.Errorf("the browser is not run as root: its sandbox, which keeps pages from the machine, does not work there: %w", contrechamp.ErrInvalid),
			"run as another user; in a container that holds nothing else, set "+SandboxSetting+"=1")
	}
	return nil
}

func (b *Browser) limits() Limits {
	l, d := b.Limits, DefaultLimits
	l.Whole, l.Settle = orElse(l.Whole, d.Whole), orElse(l.Settle, d.Settle)
	l.Bytes, l.Memory, l.Picture, l.DOM = orElse(l.Bytes, d.Bytes), orElse(l.Memory, d.Memory), orElse(l.Picture, d.Picture), orElse(l.DOM, d.DOM)
	l.Width, l.Height = orElse(l.Width, d.Width), orElse(l.Height, d.Height)
	return l
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Render shows the page at an address.
func (b *Browser) Render(ctx context.Context, address string) (*Page, error) {
	if err := b.CheckSandbox(); err != nil {
		return nil, err
	}
	limits := b.limits()
	ctx, cancel := context.WithTimeoutCause(ctx, limits.Whole, errTime)
	defer cancel()
	dir, err := os.MkdirTemp(shortTemp(), "browser-*")
	if err != nil {
		return nil, fmt.Errorf("make the browser's folder: %w: %w", err, contrechamp.ErrUnavailable)
	}
	defer removeAll(dir)
	proxy, err := newProxy(b.Dial, limits.Bytes)
	if err != nil {
		return nil, err
	}
	defer proxy.close()
	picture := filepath.Join(dir, "page.png")
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	cmd := exec.CommandContext(ctx, b.Path, b.arguments(dir, picture, proxy.address(), address, limits)...)
	cmd.Dir = dir
	cmd.Env = append(plainEnvironment(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir, "TMPDIR="+dir)
	dom := &bounded{left: limits.DOM}
	cmd.Stdout = dom
	own(cmd)
	const grace = 2 * time.Second
	cmd.WaitDelay = grace
	page := &Page{At: time.Now().UTC(), Browser: b.version(ctx)}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w: %w", b.Path, err, contrechamp.ErrUnavailable)
	}
	watched := watch(ctx, cmd.Process.Pid, limits.Memory, stop)
	err = cmd.Wait()
	end(cmd)
	stop(nil)
	<-watched
	page.Refused = proxy.refused()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return nil, fmt.Errorf("show the page in a browser: %w", cause)
	}
	switch {
	case dom.over:
		return nil, fmt.Errorf("the page's document after scripts is longer than the limit of %d KiB: %w", limits.DOM>>10, contrechamp.ErrInvalid)
	case err != nil:
		return nil, fmt.Errorf("the browser ended without showing the page (%v): %w", err, contrechamp.ErrUnavailable)
	}
	page.DOM = dom.buffer.Bytes()
	if info, err := os.Stat(picture); err != nil || info.Size() > limits.Picture {
		return nil, fmt.Errorf("the browser took no picture of the page, or one too large: %w", contrechamp.ErrUnavailable)
	}
	if page.Picture, err = os.ReadFile(picture); err != nil {
		return nil, fmt.Errorf("read the picture of the page: %w: %w", err, contrechamp.ErrUnavailable)
	}
	if !bytes.HasPrefix(page.Picture, []byte("\x89PNG\r\n\x1a\n")) || len(bytes.TrimSpace(page.DOM)) == 0 {
		return nil, fmt.Errorf("the browser answered no picture or no document: %w", contrechamp.ErrUnavailable)
	}
	return page, nil
}

// shortTemp is where the browser's folder is made: it makes a socket there, and a socket's path has 107 bytes at most
// (unix(7)).
func shortTemp() string {
	const most = 40
	if dir := os.TempDir(); len(dir) <= most || runtime.GOOS == "windows" {
		return dir
	}
	return "/tmp"
}

// errTime and errMemory are why a browser was ended.
var (
	errTime   = fmt.Errorf("it took longer than the limit: %w", contrechamp.ErrUnavailable)
	errMemory = fmt.Errorf("it took more memory than the limit: %w", contrechamp.ErrInvalid)
)

// arguments are how the browser is started: without window and profile, and with no way to the network but the proxy.
func (b *Browser) arguments(dir, picture, proxy, address string, l Limits) []string {
	args := []string{"--headless=new", "--user-data-dir=" + filepath.Join(dir, "profile"), "--disk-cache-dir=" + filepath.Join(dir, "cache"),
		"--proxy-server=http://" + proxy, "--proxy-bypass-list=<-loopback>", // this machine goes through the proxy too
		"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", // and nothing is resolved beside it
		"--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic",
		"--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-component-update", "--disable-background-networking",
		"--disable-sync", "--disable-default-apps", "--disable-breakpad", "--disable-domain-reliability", "--no-first-run", "--no-default-browser-check",
		"--no-pings", "--mute-audio", "--hide-scrollbars", "--deny-permission-prompts", "--block-new-web-contents", "--password-store=basic",
		"--js-flags=--max-old-space-size=512", "--renderer-process-limit=2",
		fmt.Sprintf("--window-size=%d,%d", l.Width, l.Height), fmt.Sprintf("--virtual-time-budget=%d", l.Settle.Milliseconds()),
		"--screenshot=" + picture, "--dump-dom"}
	if b.UserAgent != "" {
		args = append(args, "--user-agent=Mozilla/5.0 (compatible) "+b.UserAgent)
	}
	if b.NoSandbox {
		args = append(args, "--no-sandbox")
	}
	return append(args, address)
}

// version is the browser's name and version; it is a remark in a record, and may be missing.
func (b *Browser) version(ctx context.Context) string {
	const most = 5 * time.Second
	ctx, stop := context.WithTimeout(ctx, most)
	defer stop()
	out, err := exec.CommandContext(ctx, b.Path, "--version").Output()
	if err != nil {
		return filepath.Base(b.Path)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return first
}

// plainEnvironment is what the browser is told of this process: where programs and libraries are, and the language. No
// password and no proxy of the operator's.
func plainEnvironment() []string {
	var out []string
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE"} {
		if v, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+v)
		}
	}
	return out
}

// removeAll removes the browser's folder; a process that is just ending may still write there.
func removeAll(dir string) {
	const tries, pause = 20, 50 * time.Millisecond
	for range tries {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(pause)
	}
}

// bounded keeps what is written up to a limit.
type bounded struct {
	buffer bytes.Buffer
	left   int64
	over   bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if int64(len(p)) > b.left {
		b.over = true
		return 0, errors.New("too long") // ends the browser's output, and with it the run
	}
	b.left -= int64(len(p))
	return b.buffer.Write(p)
}
