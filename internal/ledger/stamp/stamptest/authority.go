// Package stamptest is a time-stamping authority for tests: a root, an authority under it, and a handler that answers
// queries over HTTP, well or badly.
package stamptest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"time"

	"github.com/digitorus/timestamp"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

// Authority is a root with a time-stamping authority under it.
type Authority struct {
	Root   *x509.Certificate
	Signer *x509.Certificate
	Now    func() time.Time // the authority's clock; nil for the real one

	key crypto.Signer
}

// Options say how an authority is made. Its zero value is a good one, valid from 2020 to 2040.
type Options struct {
	Name      string // "Test" without one
	NotBefore time.Time
	NotAfter  time.Time
	Usages    []x509.ExtKeyUsage // for time-stamping without any
	Lax       bool               // the extended key usage is not critical
}

// New makes an authority.
func New(o Options) (*Authority, error) {
	if o.Name == "" {
		o.Name = "Test"
	}
	if o.NotBefore.IsZero() {
		o.NotBefore = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if o.NotAfter.IsZero() {
		o.NotAfter = time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if o.Usages == nil {
		o.Usages = []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
	}
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: o.Name + " root"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, root, root, rootKey.Public(), rootKey)
	if err != nil {
		return nil, err
	}
	if root, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	signer := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: o.Name + " authority"}, NotBefore: o.NotBefore, NotAfter: o.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if o.Lax {
		signer.ExtKeyUsage = o.Usages
	} else {
		extension, err := usage(o.Usages)
		if err != nil {
			return nil, err
		}
		signer.ExtraExtensions = []pkix.Extension{extension}
	}
	if der, err = x509.CreateCertificate(rand.Reader, signer, root, key.Public(), rootKey); err != nil {
		return nil, err
	}
	if signer, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	return &Authority{Root: root, Signer: signer, key: key}, nil
}

// usage writes the extended key usage as a critical extension, which crypto/x509 does not do.
func usage(usages []x509.ExtKeyUsage) (pkix.Extension, error) {
	known := map[x509.ExtKeyUsage]asn1.ObjectIdentifier{
		x509.ExtKeyUsageTimeStamping: {1, 3, 6, 1, 5, 5, 7, 3, 8},
		x509.ExtKeyUsageServerAuth:   {1, 3, 6, 1, 5, 5, 7, 3, 1},
	}
	var ids []asn1.ObjectIdentifier
	for _, u := range usages {
		id, ok := known[u]
		if !ok {
			return pkix.Extension{}, fmt.Errorf("extended key usage %d is not known here", u)
		}
		ids = append(ids, id)
	}
	der, err := asn1.Marshal(ids)
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: der}, err
}

// Roots are the roots that trust this authority.
func (a *Authority) Roots() stamp.Roots { return stamp.Roots{a.Root} }

// Respond answers a query as a good authority does.
func (a *Authority) Respond(q stamp.Query) ([]byte, error) {
	now := time.Now
	if a.Now != nil {
		now = a.Now
	}
	t := timestamp.Timestamp{
		HashAlgorithm: crypto.SHA256, HashedMessage: q.Digest[:], Nonce: q.Nonce, Time: now().UTC().Truncate(time.Second), Accuracy: time.Second,
		Policy: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 99999, 1}, AddTSACertificate: true, Certificates: []*x509.Certificate{a.Root},
	}
	return t.CreateResponseWithOpts(a.Signer, a.key, crypto.SHA256)
}

// Refusal is the response of an authority that does not grant.
func Refusal() ([]byte, error) {
	return timestamp.CreateErrorResponse(timestamp.Rejection, timestamp.SystemFailure)
}

// ServeHTTP answers queries over HTTP (RFC 3161, section 3.4).
func (a *Authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != stamp.QueryType {
		http.Error(w, "a time-stamp query is wanted", http.StatusBadRequest)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, stamp.MaxBytes))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	request, err := timestamp.ParseRequest(body)
	if err != nil || len(request.HashedMessage) != len(contrechamp.Digest{}) {
		http.Error(w, "no query over SHA-256", http.StatusBadRequest)
		return
	}
	answer, err := a.Respond(stamp.Query{Digest: contrechamp.Digest(request.HashedMessage), Nonce: request.Nonce})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", stamp.ResponseType)
	_, _ = w.Write(answer) // who does not wait for the answer does not get it
}
