package store

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"contrechamp.org/contrechamp"
)

const (
	hintServer   = "look whether the server runs and can be reached, then try again: nothing that was acknowledged is lost"
	hintPassword = "look at the user and the password in the address: postgres://USER:PASSWORD@HOST/NAME, or PGPASSWORD"
	hintRights   = "let the user make tables in the database: GRANT CREATE, USAGE ON SCHEMA public TO USER"
)

// postgresFailed turns an error of PostgreSQL's driver into one of ours; nil when it is none.
// Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
func postgresFailed(doing string, err error) error {
	kind := func(kind error, what, hint string) error {
		if what != "" {
			what += ": "
		}
		return contrechamp.WithHint(fmt.Errorf("%s: %s%w: %w", doing, what, err, kind), hint)
	}
	switch c := code(err); {
	case c == "":
	case c == "28P01", c == "28000":
		return kind(contrechamp.ErrInvalid, "the database does not let this user in", hintPassword)
	case c == "3D000":
		return kind(contrechamp.ErrNotFound, "there is no such database", "make it first: createdb NAME")
	case c == "42501":
		return kind(contrechamp.ErrConflict, "this user may not do that in the database", hintRights)
	case c == "25006":
		return kind(contrechamp.ErrConflict, "the database takes no changes", "is it a standby? give the address of the server that writes")
	case c == "53100", c == "53200", c == "53300":
		return kind(contrechamp.ErrUnavailable, "the database has no room", "make room on its disk, or raise max_connections; then try again")
	case c == "57014":
		return kind(contrechamp.ErrUnavailable, "the statement took too long", "allow it more time: add ?statement_timeout=600000 (milliseconds) to the address")
	case c == "40001", c == "40P01", c == "55P03":
		return kind(contrechamp.ErrUnavailable, "others were at the same rows all the time", "try again")
	case strings.HasPrefix(c, "57P"), strings.HasPrefix(c, "08"):
		return kind(contrechamp.ErrUnavailable, "the database is away", hintServer)
	case strings.HasPrefix(c, "23"):
		return kind(contrechamp.ErrConflict, "", "")
	case strings.HasPrefix(c, "22"):
		return kind(contrechamp.ErrInvalid, "", "")
	case strings.HasPrefix(c, "XX"):
		return kind(contrechamp.ErrAltered, "the database is damaged", "look at the server's log; put the database back from a backup")
	default:
		return fmt.Errorf("%s: %w", doing, err)
	}
	if isUntrusted(err) {
		return kind(contrechamp.ErrInvalid, "the server's certificate is not the one to be trusted", "name the authority that signed it: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem")
	}
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		return kind(contrechamp.ErrInvalid, "there is no such host", "look at the address: postgres://USER@HOST/NAME")
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connecting) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
		return kind(contrechamp.ErrUnavailable, "the database cannot be reached", hintServer)
	}
	return nil
}

// isUntrusted reports whether a connection was refused here because of the server's certificate.
func isUntrusted(err error) bool {
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid)
}
