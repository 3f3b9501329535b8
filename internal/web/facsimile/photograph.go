package facsimile

import "encoding/base64"

// JPEG makes a page of one picture, which stands in it.
func JPEG(picture []byte) []byte {
	const before = "<!doctype html><html><head><title>photograph</title>" + bareStyle + `</head><body><img alt="" src="data:image/jpeg;base64,`
	out := append(make([]byte, 0, len(before)+len(picture)*4/3+64), before...)
	out = base64.StdEncoding.AppendEncode(out, picture)
	return append(out, `"></body></html>`...)
}
