package archive

import (
	"bufio"
	"bytes"
	"io"
	"net/textproto"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestDecodeBrotli(t *testing.T) {
	text := strings.Repeat("<p>douze caméras</p>", 500)
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	decode := func(sent []byte) (string, error) {
		in, err := Decode(textproto.MIMEHeader{"Content-Encoding": {"br"}}, bufio.NewReader(bytes.NewReader(sent)))
		if err != nil {
			return "", err
		}
		out, err := io.ReadAll(in)
		return string(out), err
	}
	if got, err := decode(b.Bytes()); err != nil || got != text {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if got, err := decode(b.Bytes()[:b.Len()/2]); err == nil || !strings.HasPrefix(text, got) {
		t.Errorf("cut short: got %d bytes, %v", len(got), err)
	}
}
