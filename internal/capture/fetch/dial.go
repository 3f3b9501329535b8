package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"contrechamp.org/contrechamp"
)

// Resolver answers the addresses of a host. net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// ErrNoName: the name system knows no host of that name.
var ErrNoName = fmt.Errorf("no such host: %w", contrechamp.ErrNotFound)

// resolve answers the addresses of a host, if all of them may be connected to: a name that leads outside and inside is
// made to deceive.
func (f *Fetcher) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, f.guard(a)
	}
	var resolver Resolver = net.DefaultResolver
	if f.Resolver != nil {
		resolver = f.Resolver
	}
	ctx, stop := context.WithTimeout(ctx, f.limits().Connect)
	defer stop()
	found, err := resolver.LookupNetIP(ctx, "ip", host)
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound, err == nil && len(found) == 0:
		return nil, refuse(ErrNoName, "the name system knows no host %s", host)
	case err != nil:
		return nil, fmt.Errorf("the name system did not say where %s is: %w", host, contrechamp.ErrUnavailable)
	}
	for _, a := range found {
		if err := f.guard(a); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// DialContext connects to a host, if it may be met; "host:port" as net.Dialer has it. The connection goes to an address
// that was asked about, so that a name which changes in between changes nothing; the socket is asked once more.
func (f *Fetcher) DialContext(ctx context.Context, _, hostport string) (net.Conn, error) {
	host, service, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", hostport, contrechamp.ErrInvalid)
	}
	port, err := net.LookupPort("tcp", service)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", hostport, contrechamp.ErrInvalid)
	}
	if err := portGuard(uint16(port)); err != nil {
		return nil, err
	}
	found, err := f.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{
		Timeout: f.limits().Connect,
		Control: func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("connect to %s: %w", address, contrechamp.ErrInvalid)
			}
			return f.guard(at.Addr())
		},
	}
	var last error
	for _, a := range found {
		conn, err := dialer.DialContext(ctx, "tcp", netip.AddrPortFrom(a, uint16(port)).String())
		if err == nil {
			return conn, nil
		}
		if errors.Is(err, ErrInside) || ctx.Err() != nil {
			return nil, err
		}
		last = err
	}
	return nil, lineFailed(host, last)
}

// lineFailed says in one sentence why there was no connection.
func lineFailed(host string, err error) error {
	var timeout net.Error
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%s did not take a connection in time: %w", host, contrechamp.ErrUnavailable)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("%s refuses connections: %w", host, contrechamp.ErrUnavailable)
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return fmt.Errorf("there is no way to %s from here: %w", host, contrechamp.ErrUnavailable)
	}
	return fmt.Errorf("no connection to %s: %w", host, contrechamp.ErrUnavailable)
}

// ErrCertificate: the server could not show that it is the host that was asked for.
var ErrCertificate = fmt.Errorf("certificate not trusted: %w", contrechamp.ErrInvalid)

// secure speaks TLS over a connection and answers what was agreed on.
func (f *Fetcher) secure(ctx context.Context, conn net.Conn, u *url.URL) (net.Conn, *tls.ConnectionState, error) {
	client := tls.Client(conn, &tls.Config{ServerName: u.Hostname(), RootCAs: f.Roots, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12})
	ctx, stop := context.WithTimeout(ctx, f.limits().Connect)
	defer stop()
	if err := client.HandshakeContext(ctx); err != nil {
		return nil, nil, handshakeFailed(u.Hostname(), err)
	}
	state := client.ConnectionState()
	return client, &state, nil
}

func handshakeFailed(host string, err error) error {
	var (
		expired x509.CertificateInvalidError
		name    x509.HostnameError
		unknown x509.UnknownAuthorityError
		other   *tls.CertificateVerificationError
		alert   tls.AlertError
		timeout net.Error
	)
	why := ""
	switch {
	case errors.As(err, &expired) && expired.Reason == x509.Expired:
		why = fmt.Sprintf("it is valid from %s to %s", expired.Cert.NotBefore.UTC().Format(time.DateOnly), expired.Cert.NotAfter.UTC().Format(time.DateOnly))
	case errors.As(err, &name):
		why = "it is for another host"
	case errors.As(err, &unknown):
		why = "no authority that this machine trusts has signed it"
	case errors.As(err, &other):
		why = "it does not hold what a server's must"
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%s did not agree on TLS in time: %w", host, contrechamp.ErrUnavailable)
	case errors.As(err, &alert):
		return fmt.Errorf("%s does not agree on TLS 1.2 or later: %w", host, contrechamp.ErrInvalid)
	default:
		return fmt.Errorf("%s ended the connection before TLS was agreed on: %w", host, contrechamp.ErrUnavailable)
	}
	return refuse(ErrCertificate, "the certificate of %s is not trusted: %s", host, why)
}
