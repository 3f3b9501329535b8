package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"io"
	"regexp"

	"contrechamp.org/contrechamp"
)

// waczName is the member of a bundle for programs that show web archives.
const waczName = "captures.wacz"

// visitName is how a WACZ of ours names the records of a visit: by their SHA-256 (package publish/webarchive).
var visitName = regexp.MustCompile(`^archive/([0-9a-f]{64})\.warc\.gz$`)

// maxVisits is how many members of a WACZ are looked at.
const maxVisits = 1 << 16

// wacz checks that what a program will show is what was logged: the records of each visit in the WACZ have the digest by
// which they are called, and those of a document's logged exchange are among them. Its index is not looked at.
func (c *check) wacz() error {
	m := c.members[waczName]
	if m == nil {
		return nil
	}
	z, err := zip.NewReader(m.section, m.size)
	if err != nil || len(z.File) > maxVisits {
		return refuse("%s is no web archive (%v)", waczName, err)
	}
	there := map[contrechamp.Digest]bool{}
	for _, f := range z.File {
		name := visitName.FindStringSubmatch(f.Name)
		if name == nil {
			continue
		}
		if f.Method != zip.Store {
			return refuse("%s holds %s compressed, and a WACZ does not", waczName, f.Name)
		}
		d, err := contrechamp.ParseDigest(name[1])
		if err != nil {
			return refuse("%s: %v", waczName, err)
		}
		if offset, err := f.DataOffset(); err != nil || f.UncompressedSize64 > uint64(m.size) || uint64(offset)+f.UncompressedSize64 > uint64(m.size) {
			return refuse("%s: %s is not within it", waczName, f.Name)
		}
		raw, err := f.OpenRaw()
		if err != nil {
			return refuse("%s: %s cannot be read (%v)", waczName, f.Name, err)
		}
		h := sha256.New()
		if _, err := io.Copy(h, raw); err != nil {
			return refuse("%s: %s cannot be read (%v)", waczName, f.Name, err)
		}
		if contrechamp.Digest(h.Sum(nil)) != d {
			if err := c.wrong(altered("%s: %s has another SHA-256 than its name says", waczName, f.Name)); err != nil {
				return err
			}
			continue
		}
		there[d] = true
	}
	for _, doc := range c.Documents {
		exchange := c.members[captureName(doc.Digest, "exchange.warc.gz")]
		if doc.Exchange && exchange != nil && !there[exchange.digest] {
			if err := c.wrong(altered("%s does not hold the exchange of the document %s", waczName, doc.Digest)); err != nil {
				return err
			}
		}
	}
	return nil
}
