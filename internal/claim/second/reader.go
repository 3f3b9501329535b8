// Package second reads a text a second time, with a language model behind the chat interface that llama.cpp, Ollama, vLLM
// and others share, and keeps of its answer only what can be checked.
//
// A model is never believed. A claim of its is kept only if its quote stands word for word in a speaking paragraph of the
// text, if its value stands in that quote (names by their letters, numbers and dates by the same grammar that the rules
// use, capabilities and stages by the rules themselves), and if its subject is one that the lexicon or the rules know. A
// document that gives orders to the model can therefore change nothing but its own claims, and those still need its own
// words. Where the rules propose the same claim, it is not doubled: both agreeing makes it surer.
//
// No server is set by default. What is sent is the text of a document; nobody but whoever gave the address should see it.
package second

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// Limits of what is sent and taken.
const (
	chunkBytes   = 6000    // of text in one request
	maxAnswer    = 4 << 20 // bytes of one answer
	maxAsked     = 200     // claims taken from one answer
	attempts     = 3
	firstPause   = 500 * time.Millisecond // before the second attempt; doubled each time
	perRequest   = 3 * time.Minute
	promptFormat = "contrechamp second reader 1" // part of the cache key: a new prompt asks again
)

// Trust is the confidence of a claim that only the model proposes.
const Trust = 0.5

// Reader asks one model on one server.
type Reader struct {
	URL    string // of the server, "http://127.0.0.1:8080/v1" or without the /v1
	Model  string
	Key    string // sent as a bearer token where the server wants one; may be empty
	Cache  string // folder where answers rest by the digest of what was asked; "" for none
	Client *http.Client
	Engine *claim.Engine
	Lex    *lexicon.Lexicon
	Sleep  func(ctx context.Context, d time.Duration) error // between attempts; nil waits

	mu   sync.Mutex
	cost Cost
}

// Cost is what a reader has used so far.
type Cost struct {
	Requests, Cached, Failed int
	Asked, Answered          int // tokens, as the server counts them
	Kept, Dropped            int // claims of the model
	Took                     time.Duration
}

// Cost returns what was used so far.
func (r *Reader) Cost() Cost {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cost
}

// Check answers ErrInvalid where the address or the model's name cannot be used.
func (r *Reader) Check() error {
	u, err := url.Parse(r.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return contrechamp.WithHint(fmt.Errorf("reader %q: want an http or https address: %w", r.URL, contrechamp.ErrInvalid), "--reader http://127.0.0.1:8080/v1 --model NAME")
	}
	if strings.TrimSpace(r.Model) == "" {
		return contrechamp.WithHint(fmt.Errorf("the reader needs the name of a model: %w", contrechamp.ErrInvalid), "--model NAME")
	}
	return nil
}

// Read asks the model about a text and joins what it answers with the claims and entities that the rules found. It answers
// ErrUnavailable where the server could not be asked: the rules' claims are then the caller's to keep.
func (r *Reader) Read(ctx context.Context, text contrechamp.Text, claims []contrechamp.Claim, entities []contrechamp.Entity, now time.Time) ([]contrechamp.Claim, []contrechamp.Entity, error) {
	v := newVetter(r.Engine, r.Lex, text, entities, "model:"+r.Model, now)
	for _, c := range chunks(text) {
		answer, err := r.ask(ctx, c.body)
		if err != nil {
			return nil, nil, err
		}
		for _, a := range answer {
			if err := v.take(ctx, a, c); err != nil {
				r.count(func(x *Cost) { x.Dropped++ })
				continue // a claim that does not stand up is dropped, and counted
			}
			r.count(func(x *Cost) { x.Kept++ })
		}
	}
	joined := join(claims, v.claims)
	return joined, v.entities(joined), nil
}

func (r *Reader) count(f func(*Cost)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(&r.cost)
}

// ask sends one chunk and reads the claims of the answer, from the cache if it was asked before.
func (r *Reader) ask(ctx context.Context, body string) ([]asked, error) {
	request, err := json.Marshal(chatRequest(r.Model, body))
	if err != nil {
		return nil, fmt.Errorf("write the request: %w", err)
	}
	sum := sha256.Sum256(append([]byte(promptFormat+"\n"+r.Model+"\n"), body...))
	file := ""
	if r.Cache != "" {
		file = filepath.Join(r.Cache, hex.EncodeToString(sum[:])+".json")
		if content, err := os.ReadFile(file); err == nil {
			r.count(func(x *Cost) { x.Cached++ })
			return parseAnswer(content), nil
		} else if !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("the reader's cache: %w", err)
		}
	}
	content, err := r.request(ctx, request)
	if err != nil {
		r.count(func(x *Cost) { x.Failed++ })
		return nil, err
	}
	if file != "" {
		if err := keep(file, content); err != nil {
			return nil, fmt.Errorf("the reader's cache: %w", err)
		}
	}
	return parseAnswer(content), nil
}

// keep writes a file whole or not at all.
func keep(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".answer-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // gone already where the rename succeeded
	if _, err := tmp.Write(content); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

// request sends a request, again after a pause where the server is busy or cannot be reached.
func (r *Reader) request(ctx context.Context, body []byte) ([]byte, error) {
	var last error
	pause := firstPause
	for n := 0; n < attempts; n++ {
		if n > 0 {
			if err := r.wait(ctx, pause); err != nil {
				return nil, err
			}
			pause *= 2
		}
		content, again, err := r.once(ctx, body)
		if err == nil {
			return content, nil
		}
		if last = err; !again {
			break
		}
	}
	return nil, last
}

func (r *Reader) wait(ctx context.Context, d time.Duration) error {
	if r.Sleep != nil {
		return r.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// once sends a request once. again says whether another attempt may help.
func (r *Reader) once(ctx context.Context, body []byte) (content []byte, again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, perRequest)
	defer cancel()
	start := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.endpoint(), bytes.NewReader(body))
	if err != nil {
		return nil, false, fmt.Errorf("ask the reader: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if r.Key != "" {
		req.Header.Set("Authorization", "Bearer "+r.Key)
	}
	client := r.Client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	r.count(func(x *Cost) { x.Requests++; x.Took += time.Since(start) })
	if err != nil {
		return nil, ctx.Err() == nil, fmt.Errorf("ask the reader: %w: %w", err, contrechamp.ErrUnavailable)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, true, fmt.Errorf("the reader's answer: %w: %w", err, contrechamp.ErrUnavailable)
	case len(answer) > maxAnswer:
		return nil, false, fmt.Errorf("the reader's answer is longer than %d bytes: %w", maxAnswer, contrechamp.ErrInvalid)
	case resp.StatusCode != http.StatusOK:
		busy := resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= http.StatusInternalServerError
		return nil, busy, fmt.Errorf("the reader answers %s: %w", resp.Status, contrechamp.ErrUnavailable)
	}
	var c completion
	if err := json.Unmarshal(answer, &c); err != nil || len(c.Choices) == 0 {
		return nil, false, fmt.Errorf("the reader's answer is no chat completion: %w", contrechamp.ErrInvalid)
	}
	r.count(func(x *Cost) { x.Asked += c.Usage.Prompt; x.Answered += c.Usage.Completion })
	return []byte(c.Choices[0].Message.Content), false, nil
}

// endpoint is the address of the chat interface.
func (r *Reader) endpoint() string {
	base := strings.TrimRight(r.URL, "/")
	if strings.HasSuffix(base, "/chat/completions") {
		return base
	}
	if !strings.HasSuffix(base, "/v1") {
		base += "/v1"
	}
	return base + "/chat/completions"
}

// completion is what is read of an answer.
type completion struct {
	Choices []struct {
		Message struct {
			Content string `json:"content"`
		} `json:"message"`
	} `json:"choices"`
	Usage struct {
		Prompt     int `json:"prompt_tokens"`
		Completion int `json:"completion_tokens"`
	} `json:"usage"`
}
