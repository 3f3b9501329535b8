package main

import (
	"bufio"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// photographFile makes a JPEG with a word beside the picture: photograph NAME.
func photographFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: photograph NAME")
	}
	p := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for y := range 600 {
		for x := range 800 {
			p.SetRGBA(x, y, color.RGBA{uint8(x / 4), uint8(y / 4), 120, 255})
		}
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, p, nil))
	const word = "Zanthoxylum"
	file := append(append([]byte{0xff, 0xd8, 0xff, 0xfe, 0, byte(len(word) + 2)}, word...), b.Bytes()[2:]...)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), file, 0o644))
}

// sendPhotograph serves the register with --contributions, sends a photograph as a browser does, covers a part of it and keeps
// it: send FILE.
func sendPhotograph(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: send FILE")
	}
	path, err := exec.LookPath("contrechamp")
	ts.Check(err)
	serve := exec.Command(path, "serve", "--addr", "127.0.0.1:0", "--contributions")
	serve.Env = append(os.Environ(), "CONTRECHAMP_DATA="+ts.Getenv("CONTRECHAMP_DATA"), "TMPDIR="+ts.MkAbs("temp"))
	ts.Check(os.MkdirAll(ts.MkAbs("temp"), 0o755))
	said, err := serve.StderrPipe()
	ts.Check(err)
	ts.Check(serve.Start())
	defer func() {
		_ = serve.Process.Signal(syscall.SIGTERM)
		_ = serve.Wait()
	}()
	lines := bufio.NewReader(said)
	line, err := lines.ReadString('\n')
	ts.Check(err)
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	m := regexp.MustCompile(`http://[^/]+`).FindString(line)
	file, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("photo", "IMG_0001.jpg")
	ts.Check(err)
	_, _ = part.Write(file)
	ts.Check(form.Close())
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Post(m+"/en/contribute", form.FormDataContentType(), &body)
	ts.Check(err)
	at := answer.Header.Get("Location")
	_ = answer.Body.Close()
	if at == "" {
		ts.Fatalf("the photograph was not taken: %s", answer.Status)
	}
	step := func(values url.Values) string {
		answer, err := client.PostForm(m+at, values)
		ts.Check(err)
		defer answer.Body.Close()
		page, err := io.ReadAll(answer.Body)
		ts.Check(err)
		if answer.StatusCode >= http.StatusBadRequest {
			ts.Fatalf("%v: %s", values, answer.Status)
		}
		return string(page)
	}
	step(url.Values{"do": {"cover"}, "left": {"10"}, "top": {"10"}, "width": {"20"}, "height": {"20"}})
	page := step(url.Values{"do": {"keep"}, "looked": {"yes"}, "lat": {"48.8582"}, "lon": {"2.3515"}, "direction": {"135.5"}, "taken": {"2026-05-04"}, "note": {"deux caméras"}})
	if !strings.Contains(page, "Thank you") {
		ts.Fatalf("not kept: %s", page)
	}
	left, err := os.ReadDir(ts.MkAbs("temp"))
	ts.Check(err)
	for _, e := range left {
		ts.Fatalf("%s was left in the temporary folder", e.Name())
	}
	_, _ = ts.Stdout().Write([]byte("kept\n"))
}
