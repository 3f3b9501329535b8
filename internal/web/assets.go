package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// assets are the files beside the pages. Their address carries a digest of their content, so that a browser may
// keep them for ever and never shows an old one.
type assets struct {
	address map[string]string // "contrechamp.css" -> "/assets/contrechamp.1f2e3d4c5b6a.css"
	files   map[string]asset  // by the last part of their address
}

type asset struct {
	mediaType string
	plain     []byte
	zipped    []byte
}

func loadAssets() (*assets, error) {
	a := &assets{address: map[string]string{}, files: map[string]asset{}}
	entries, err := assetFiles.ReadDir("assets")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	for _, e := range entries {
		b, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("asset %s: %w", e.Name(), err)
		}
		// what was compressed when it was made stays so: the map's script is large, and starting up is not to wait for it
		plainName, compressed := strings.CutSuffix(e.Name(), ".gz")
		zipped := b
		if compressed {
			b, err = unzip(b, assetLimit)
		} else {
			zipped, err = zip(b, gzip.BestCompression)
		}
		if err != nil {
			return nil, fmt.Errorf("asset %s: %w", e.Name(), err)
		}
		ext := path.Ext(plainName)
		sum := sha256.Sum256(b)
		name := strings.TrimSuffix(plainName, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		mediaType := mime.TypeByExtension(ext)
		if ext == ".mjs" {
			mediaType = "text/javascript; charset=utf-8" // browsers refuse modules of another type, and some systems name one
		}
		a.address[plainName] = "/assets/" + name
		a.files[name] = asset{mediaType: mediaType, plain: b, zipped: zipped}
	}
	return a, nil
}

// assetLimit is the most that an asset may weigh unpacked, in bytes.
const assetLimit = 8 << 20

// mapScript is the script of the map page. It is made from npm by `make map` and not in the repository: a program
// built without it shows the map as a picture.
const (
	mapScript = "map.mjs"
	mapWorker = "map-worker.mjs"
)

func (s *site) hasMapScript() bool { return s.assets.address[mapScript] != "" }

// asset answers one file.
func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	f, ok := s.assets.files[r.PathValue("name")]
	if !ok {
		s.nothingHere(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.mediaType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if "/assets/"+r.PathValue("name") == s.assets.address[mapWorker] {
		h.Set("Content-Security-Policy", workerPolicy)
	}
	write(w, r, http.StatusOK, f.plain, f.zipped)
}

// zip compresses b.
func zip(b []byte, level int) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
