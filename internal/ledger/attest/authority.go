package attest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

// Authority is a time-stamping authority.
type Authority struct {
	Name  string // how files and messages call it: small letters, digits, dots, hyphens
	URL   string
	Roots stamp.Roots // whom its certificate must lead to
}

var authorityName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,62}$`)

// ParseAuthorities reads a list of authorities, one a line: "authority NAME URL ROOTS", where ROOTS is a file with
// certificates in PEM, relative to folder. Empty lines and lines that begin with # are passed over. Errors: ErrInvalid with
// the number of the line.
func ParseAuthorities(text, folder string) ([]Authority, error) {
	var out []Authority
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		bad := func(format string, a ...any) ([]Authority, error) {
			return nil, contrechamp.WithHint(fmt.Errorf("authorities, line %d: %s: %w", i+1, fmt.Sprintf(format, a...), contrechamp.ErrInvalid),
				"authority freetsa https://freetsa.org/tsr freetsa.pem")
		}
		if len(words) != 4 || words[0] != "authority" {
			return bad("want authority NAME URL ROOTS")
		}
		a := Authority{Name: words[1], URL: words[2]}
		u, err := url.Parse(a.URL)
		switch {
		case !authorityName.MatchString(a.Name):
			return bad("the name %q: want small letters, digits, dots and hyphens", a.Name)
		case seen[a.Name]:
			return bad("%s is there twice", a.Name)
		case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
			return bad("%q is no address of the web", a.URL)
		}
		path := words[3]
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		pem, err := os.ReadFile(path)
		if err != nil {
			return bad("%v", err)
		}
		if a.Roots, err = stamp.ParseRoots(pem); err != nil {
			return bad("%s: %v", path, err)
		}
		seen[a.Name] = true
		out = append(out, a)
	}
	return out, nil
}

// ask asks the authority for a token over a digest, and checks it. ErrUnavailable when it cannot be reached or cannot
// answer now; what [stamp.Query.Check] says of an answer that is none.
func (a Authority) ask(ctx context.Context, client *http.Client, digest contrechamp.Digest) (response []byte, token stamp.Token, err error) {
	query, err := stamp.NewQuery(digest)
	if err != nil {
		return nil, stamp.Token{}, err
	}
	body, err := query.Marshal()
	if err != nil {
		return nil, stamp.Token{}, fmt.Errorf("time-stamp query: %w", err)
	}
	if response, err = a.post(ctx, client, body); err != nil {
		return nil, stamp.Token{}, fmt.Errorf("authority %s: %w", a.Name, err)
	}
	if token, err = query.Check(response, a.Roots); err != nil {
		return nil, stamp.Token{}, fmt.Errorf("authority %s: %w", a.Name, err)
	}
	return response, token, nil
}

func (a Authority) post(ctx context.Context, client *http.Client, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.URL, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid)
	}
	req.Header.Set("Content-Type", stamp.QueryType)
	req.Header.Set("Accept", stamp.ResponseType)
	req.Header.Set("User-Agent", userAgent)
	resp, err := client.Do(req)
	if err != nil {
		return nil, unreached(err)
	}
	defer resp.Body.Close() // only read from
	response, err := io.ReadAll(io.LimitReader(resp.Body, stamp.MaxBytes+1))
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")) // what cannot be read is another type
	switch {
	case err != nil:
		return nil, unreached(err)
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("it answers %s: %w", resp.Status, contrechamp.ErrUnavailable)
	case len(response) > stamp.MaxBytes:
		return nil, fmt.Errorf("its answer has more than %d bytes: %w", stamp.MaxBytes, contrechamp.ErrInvalid)
	case kind != stamp.ResponseType:
		return nil, fmt.Errorf("it answers %q and no time-stamp: %w", kind, contrechamp.ErrInvalid)
	}
	return response, nil
}

// unreached is a request that came to nothing, without the address that the caller names anyway.
func unreached(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer in time: %w", contrechamp.ErrUnavailable)
	}
	return fmt.Errorf("%w: %w", err, contrechamp.ErrUnavailable)
}
