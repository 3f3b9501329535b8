// Package stamp asks for and checks RFC 3161 time-stamp tokens: an authority's signed word that it had seen a digest
// by a certain time.
//
// What a token proves: whoever holds the authority's key said that these 32 bytes existed at that time. It is worth what
// the authority's word is worth. It says nothing of what the bytes mean, nor whether the certificate was revoked later:
// that cannot be known offline, and is not looked for.
//
// This package talks to nobody; package attest does. It is small on purpose, since the program that a court's expert
// runs contains it.
//
// The signature itself is checked by digitorus/timestamp and pkcs7. Those are lenient where RFC 3161 is not, so what they
// leave out is checked here: strict DER of bounded depth, one signer, signed attributes that name the content and the
// certificate, a certificate for time-stamping alone, and its chain at the token's own time.
package stamp

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1" // the first form of the attribute that names a certificate
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"

	"contrechamp.org/contrechamp"
)

// MaxBytes is the longest response that is looked at. Responses of public authorities with their chains have 1 to 8 KiB.
const MaxBytes = 64 << 10

// maxDepth bounds how deep the DER of a response nests. A real one has about twelve levels.
const maxDepth = 32

// Media types of a query and of a response (RFC 3161, section 3.4).
const (
	QueryType    = "application/timestamp-query"
	ResponseType = "application/timestamp-reply"
)

// Query is what is asked of an authority: a token over a digest, with a number that the answer must repeat.
type Query struct {
	Digest contrechamp.Digest
	Nonce  *big.Int
}

// NewQuery makes a query with a fresh nonce of 127 bits.
func NewQuery(d contrechamp.Digest) (Query, error) {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return Query{}, fmt.Errorf("nonce of a time-stamp query: %w", err)
	}
	return Query{d, n}, nil
}

// Marshal returns the query as DER, asking for the authority's certificates too.
func (q Query) Marshal() ([]byte, error) {
	r := timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: q.Digest[:], Certificates: true, Nonce: q.Nonce}
	return r.Marshal()
}

// Token is what an authority said.
type Token struct {
	Time     time.Time     // when, by the authority's clock, UTC
	Accuracy time.Duration // what the authority says of its clock; 0 when it says nothing
	Serial   string        // the token's number at the authority, decimal
	Policy   string        // object identifier of the authority's practice
	Signer   string        // name in the certificate that signed
	Anchor   string        // name of the given root that the certificate leads to; "" when no root was given
	Nonce    *big.Int      // nil when the token repeats none
}

// Roots are the certificates that a reader trusts to name time-stamping authorities.
type Roots []*x509.Certificate

// ParseRoots reads certificates in PEM: ErrInvalid when there is none or one is damaged.
func ParseRoots(text []byte) (Roots, error) {
	var roots Roots
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("roots of time-stamping authorities: a block %q among the certificates: %w", block.Type, contrechamp.ErrInvalid)
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("roots of time-stamping authorities: %w: %w", err, contrechamp.ErrInvalid)
		}
		roots = append(roots, c)
	}
	if len(roots) == 0 {
		return nil, fmt.Errorf("roots of time-stamping authorities: no certificate in PEM: %w", contrechamp.ErrInvalid)
	}
	return roots, nil
}

// PEM returns the certificates as ParseRoots reads them.
func (r Roots) PEM() []byte {
	var b bytes.Buffer
	for _, c := range r {
		_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}) // a buffer takes everything
	}
	return b.Bytes()
}

// Check checks a response to q: all that [Check] does, and the nonce.
func (q Query) Check(response []byte, roots Roots) (Token, error) {
	t, err := Check(response, q.Digest, roots)
	if err != nil {
		return Token{}, err
	}
	if q.Nonce != nil && (t.Nonce == nil || t.Nonce.Cmp(q.Nonce) != 0) {
		return Token{}, altered("it answers another question: its nonce is not ours")
	}
	return t, nil
}

// Check checks a response (a .tsr file) offline: that it grants, that its token is signed by a certificate made for
// time-stamping, that it is about digest, and, if there are roots, that the certificate led to one of them at the
// token's time. Without roots the signature is checked and Anchor stays empty: whose it is, nobody vouches for.
//
// Errors: ErrInvalid for what is no token or not of a trusted authority, ErrAltered for one that is about something else
// or whose signature does not fit.
func Check(response []byte, digest contrechamp.Digest, roots Roots) (t Token, err error) {
	// The library was not written for hostile input in every corner (a signer without a serial number, for one).
	defer func() {
		if p := recover(); p != nil {
			t, err = Token{}, invalid("its structure makes no sense (%v)", p)
		}
	}()
	if len(response) > MaxBytes {
		return Token{}, invalid("it has more than %d bytes", MaxBytes)
	}
	if err := strict(response, 0); err != nil {
		return Token{}, err
	}
	parsed, p7, err := parse(response)
	if err != nil {
		return Token{}, err
	}
	if parsed.HashAlgorithm != crypto.SHA256 || !bytes.Equal(parsed.HashedMessage, digest[:]) {
		return Token{}, altered("it is about another digest")
	}
	for _, e := range parsed.Extensions {
		if e.Critical {
			return Token{}, invalid("it has a critical extension %s that nobody here knows", e.Id)
		}
	}
	signer, err := signerOf(p7)
	if err != nil {
		return Token{}, err
	}
	t = Token{Time: parsed.Time.UTC(), Accuracy: parsed.Accuracy, Policy: parsed.Policy.String(), Signer: signer.Subject.String(), Nonce: parsed.Nonce}
	if parsed.SerialNumber != nil {
		t.Serial = parsed.SerialNumber.String()
	}
	if t.Time.Before(signer.NotBefore) || t.Time.After(signer.NotAfter) {
		return Token{}, invalid("the authority's certificate was valid from %s to %s, and the token is of %s",
			day(signer.NotBefore), day(signer.NotAfter), day(t.Time))
	}
	if len(roots) > 0 {
		if t.Anchor, err = chain(signer, p7.Certificates, roots, t.Time); err != nil {
			return Token{}, err
		}
	}
	return t, nil
}

// library guards the two parsers: one keeps a counter in a global variable.
var library sync.Mutex

func parse(response []byte) (*timestamp.Timestamp, *pkcs7.PKCS7, error) {
	library.Lock()
	defer library.Unlock()
	parsed, err := timestamp.ParseResponse(response)
	var mismatch *pkcs7.MessageDigestMismatchError
	switch {
	case errors.As(err, &mismatch), isSignatureError(err):
		return nil, nil, altered("its signature does not fit: %v", err)
	case err != nil:
		return nil, nil, invalid("%v", err)
	}
	p7, err := pkcs7.Parse(parsed.RawToken)
	if err != nil {
		return nil, nil, invalid("%v", err)
	}
	return parsed, p7, nil
}

// isSignatureError tells a signature that does not fit from a structure that cannot be read. The library passes on what
// crypto/x509 says, which has no kind for it.
func isSignatureError(err error) bool {
	return err != nil && (errors.Is(err, rsa.ErrVerification) || strings.Contains(err.Error(), "verification"))
}

// Object identifiers of CMS (RFC 5652), ESS (RFC 2634, RFC 5035) and the time-stamp protocol (RFC 3161).
var (
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidSigningCert   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidExtKeyUsage   = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA384        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	oidSHA512        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
)

// signerOf answers the one certificate that signed, fit for time-stamping alone (RFC 3161, sections 2.3 and 2.4.2).
func signerOf(p7 *pkcs7.PKCS7) (*x509.Certificate, error) {
	if len(p7.Signers) != 1 {
		return nil, invalid("it has %d signers, and wants one", len(p7.Signers))
	}
	if len(p7.Certificates) == 0 {
		return nil, invalid("it comes without the authority's certificate")
	}
	signer := p7.GetOnlySigner()
	if signer == nil {
		return nil, invalid("the certificate that signed is not in it")
	}
	// ParseResponse checks the signature wherever there is a certificate; done once more, so that this does not hang on
	// what it happens to do.
	if err := p7.Verify(); err != nil {
		return nil, altered("its signature does not fit: %v", err)
	}
	if a := p7.Signers[0].DigestAlgorithm.Algorithm; !a.Equal(oidSHA256) && !a.Equal(oidSHA384) && !a.Equal(oidSHA512) {
		return nil, invalid("it is signed over a digest %s, which is too weak or not known", a)
	}
	var content asn1.ObjectIdentifier
	if err := p7.UnmarshalSignedAttribute(oidContentType, &content); err != nil || !content.Equal(oidTSTInfo) {
		return nil, invalid("what is signed is no time-stamp token")
	}
	if err := names(p7, signer); err != nil {
		return nil, err
	}
	if len(signer.ExtKeyUsage) != 1 || signer.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping || len(signer.UnknownExtKeyUsage) > 0 {
		return nil, invalid("the certificate of %s is not for time-stamping alone", signer.Subject)
	}
	i := slices.IndexFunc(signer.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(oidExtKeyUsage) })
	if i < 0 || !signer.Extensions[i].Critical {
		return nil, invalid("the certificate of %s does not insist on time-stamping (its extended key usage is not critical)", signer.Subject)
	}
	return signer, nil
}

// names checks that the signed attributes name the certificate that signed, so that it cannot be swapped for another one
// with the same key.
func names(p7 *pkcs7.PKCS7, signer *x509.Certificate) error {
	var v2 struct {
		Certs    []asn1.RawValue
		Policies asn1.RawValue `asn1:"optional"`
	}
	switch err := p7.UnmarshalSignedAttribute(oidSigningCertV2, &v2); {
	case err == nil && len(v2.Certs) > 0:
		hash, got, err := essCertID(v2.Certs[0])
		if err != nil {
			return err
		}
		h := hash.New()
		h.Write(signer.Raw)
		if !bytes.Equal(h.Sum(nil), got) {
			return altered("it names another certificate than the one that signed")
		}
		return nil
	}
	var v1 struct {
		Certs    []asn1.RawValue
		Policies asn1.RawValue `asn1:"optional"`
	}
	if err := p7.UnmarshalSignedAttribute(oidSigningCert, &v1); err != nil || len(v1.Certs) == 0 {
		return invalid("it does not name the certificate that signed")
	}
	var id struct {
		Hash   []byte
		Issuer asn1.RawValue `asn1:"optional"`
	}
	if _, err := asn1.Unmarshal(v1.Certs[0].FullBytes, &id); err != nil {
		return invalid("the name of its certificate cannot be read: %v", err)
	}
	// The first form of the attribute knows SHA-1 only. It is no signature: it tells certificates of one key apart.
	h := crypto.SHA1.New()
	h.Write(signer.Raw)
	if !bytes.Equal(h.Sum(nil), id.Hash) {
		return altered("it names another certificate than the one that signed")
	}
	return nil
}

// essCertID reads ESSCertIDv2: an algorithm, SHA-256 when it is left out, and a hash.
func essCertID(v asn1.RawValue) (crypto.Hash, []byte, error) {
	rest := v.Bytes
	var first asn1.RawValue
	rest, err := asn1.Unmarshal(rest, &first)
	if err != nil {
		return 0, nil, invalid("the name of its certificate cannot be read: %v", err)
	}
	hash := crypto.SHA256
	if first.Tag == asn1.TagSequence {
		var algorithm asn1.ObjectIdentifier
		if _, err := asn1.Unmarshal(first.Bytes, &algorithm); err != nil {
			return 0, nil, invalid("the name of its certificate cannot be read: %v", err)
		}
		switch {
		case algorithm.Equal(oidSHA256):
		case algorithm.Equal(oidSHA384):
			hash = crypto.SHA384
		case algorithm.Equal(oidSHA512):
			hash = crypto.SHA512
		default:
			return 0, nil, invalid("it names its certificate by a digest %s that is not known", algorithm)
		}
		if _, err = asn1.Unmarshal(rest, &first); err != nil {
			return 0, nil, invalid("the name of its certificate cannot be read: %v", err)
		}
	}
	if first.Tag != asn1.TagOctetString {
		return 0, nil, invalid("the name of its certificate is no digest")
	}
	return hash, first.Bytes, nil
}

// chain leads signer to one of roots, as of at, and answers that root's name.
func chain(signer *x509.Certificate, others []*x509.Certificate, roots Roots, at time.Time) (string, error) {
	options := x509.VerifyOptions{Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(), CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}}
	for _, c := range roots {
		options.Roots.AddCert(c)
	}
	for _, c := range others {
		options.Intermediates.AddCert(c)
	}
	chains, err := signer.Verify(options)
	if err != nil {
		return "", fmt.Errorf("time-stamp token: the certificate of %s leads to none of the given roots: %w: %w", signer.Subject, err, contrechamp.ErrInvalid)
	}
	return chains[0][len(chains[0])-1].Subject.String(), nil
}

// strict walks DER and refuses what is no DER, or nests deeper than any token does.
func strict(b []byte, depth int) error {
	if depth > maxDepth {
		return invalid("its structure nests deeper than %d levels", maxDepth)
	}
	if depth == 0 && len(b) == 0 {
		return invalid("it is empty")
	}
	for n := 0; len(b) > 0; n++ {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(b, &v)
		if err != nil {
			return invalid("it is no DER: %v", err)
		}
		if depth == 0 && len(rest) > 0 {
			return invalid("%d bytes stand behind its end", len(rest))
		}
		if v.IsCompound {
			if err := strict(v.Bytes, depth+1); err != nil {
				return err
			}
		}
		b = rest
	}
	return nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("time-stamp token: %s: %w", fmt.Sprintf(format, args...), contrechamp.ErrInvalid)
}

func altered(format string, args ...any) error {
	return fmt.Errorf("time-stamp token: %s: %w", fmt.Sprintf(format, args...), contrechamp.ErrAltered)
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") }
