package fetch

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"strconv"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
)

// Earlier is an answer that an earlier visit recorded: where, and when.
type Earlier struct {
	Address string
	Date    time.Time
}

// Recorder writes visits as WARC records.
type Recorder struct {
	Software string // as warcinfo names it: "Contrechamp/1.0"
	Operator string // who runs it; may be empty
	Robots   string // "obey" or "ignore"
	// Known answers which earlier record of that address had the same payload, so that it is not written again; may be nil.
	Known func(address string, payload contrechamp.Digest) (Earlier, bool)
}

// Write writes all that a visit received: a warcinfo record, then of each exchange the answer (a revisit where its payload was
// recorded before), the request, and what is known of the line; where no answer came, a metadata record says so.
func (r Recorder) Write(out io.Writer, v *Visit, more ...archive.WARCRecord) error {
	w := archive.NewWARCWriter(out)
	begun := time.Now().UTC()
	if len(v.Exchanges) > 0 {
		begun = v.Exchanges[0].Started
	} else if !v.Failed.IsZero() {
		begun = v.Failed
	}
	info, err := w.Write(archive.WARCRecord{Type: archive.TypeInfo, Date: begun, ContentType: archive.FieldsType, Block: archive.Fields(
		[2]string{"software", r.Software + " (+" + Home + ")"}, [2]string{"format", "WARC File Format 1.1"},
		[2]string{"conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		[2]string{"operator", r.Operator}, [2]string{"robots", r.Robots})})
	if err != nil {
		return err
	}
	chains := map[string]bool{} // each certificate chain once
	page := ""
	for _, x := range v.Exchanges {
		id, err := r.exchange(w, x, info, chains)
		if err != nil {
			return err
		}
		if x == v.Page {
			page = id
		}
	}
	if err := r.outcome(w, v, info, page, begun); err != nil {
		return err
	}
	for _, m := range more {
		m.Warcinfo = info
		if _, err := w.Write(m); err != nil {
			return err
		}
	}
	return nil
}

// exchange writes one exchange and answers the ID of its answer's record.
func (r Recorder) exchange(w *archive.WARCWriter, x *Exchange, info string, chains map[string]bool) (string, error) {
	payload, err := x.payload()
	if err != nil {
		return "", err
	}
	address := x.Address.String()
	answer := archive.WARCRecord{Type: archive.TypeResponse, Date: x.Started, TargetURI: address, IP: x.Remote.Addr().Unmap().String(),
		ContentType: archive.ResponseType, Warcinfo: info, Payload: &payload, Truncated: x.Truncated, Block: x.Block(), Extra: x.protocol()}
	if r.Known != nil && x.Truncated == "" {
		if e, ok := r.Known(address, payload); ok {
			answer.Type, answer.RefersToURI, answer.RefersToDate = archive.TypeRevisit, e.Address, e.Date
			answer.Block = x.Response.Section(0, x.Head)
		}
	}
	id, err := w.Write(answer)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(archive.WARCRecord{Type: archive.TypeRequest, Date: x.Started, TargetURI: address, ContentType: archive.RequestType,
		Warcinfo: info, ConcurrentTo: id, Block: archive.Block(x.Request)}); err != nil {
		return "", err
	}
	if x.TLS == nil {
		return id, nil
	}
	var chain []byte
	for _, c := range x.TLS.PeerCertificates {
		chain = append(chain, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	if key := x.Address.Host + string(chain); !chains[key] {
		chains[key] = true
		_, err = w.Write(archive.WARCRecord{Type: archive.TypeMetadata, Date: x.Started, TargetURI: address, ContentType: archive.ChainType,
			Warcinfo: info, ConcurrentTo: id, Block: archive.Block(chain)})
	}
	return id, err
}

// protocol is what was spoken, in the fields that the IIPC proposes for it: WARC-Protocol and WARC-Cipher-Suite
// (iipc/warc-specifications, "WARC-Protocol field", 2021).
func (x *Exchange) protocol() [][2]string {
	out := [][2]string{{"WARC-Protocol", "http/1.1"}}
	if x.TLS != nil {
		version := map[uint16]string{tls.VersionTLS12: "tls/1.2", tls.VersionTLS13: "tls/1.3"}[x.TLS.Version]
		out = append(out, [2]string{"WARC-Protocol", version}, [2]string{"WARC-Cipher-Suite", tls.CipherSuiteName(x.TLS.CipherSuite)})
	}
	return out
}

// payload is the digest of what the answer carries (WARC-Payload-Digest).
func (x *Exchange) payload() (contrechamp.Digest, error) {
	h := sha256.New()
	if _, err := io.Copy(h, x.Entity()); err != nil {
		return contrechamp.Digest{}, fmt.Errorf("read the answer of %s again: %w", x.Address.Host, err)
	}
	return contrechamp.Digest(h.Sum(nil)), nil
}

// outcome writes how the visit went: how long it took, why there is no document, and what was left out.
func (r Recorder) outcome(w *archive.WARCWriter, v *Visit, info, page string, begun time.Time) error {
	fields := [][2]string{}
	at := begun
	if v.Page != nil {
		at = v.Page.Started
		fields = append(fields, [2]string{"fetchTimeMs", strconv.FormatInt(v.Page.Ended.Sub(v.Page.Started).Milliseconds(), 10)})
	}
	if v.Err != nil {
		fields = append(fields, [2]string{"outcome", v.Err.Error()})
	}
	for _, l := range v.LeftOut {
		fields = append(fields, [2]string{"left-out", l.Address + " (" + l.Reason + ")"})
	}
	_, err := w.Write(archive.WARCRecord{Type: archive.TypeMetadata, Date: at, TargetURI: v.Address.String(), ContentType: archive.FieldsType,
		Warcinfo: info, ConcurrentTo: page, Block: archive.Fields(fields...)})
	return err
}
