package witness

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// Config is how a witness is set up.
type Config struct {
	Dir  string               // its memory; one witness has it at a time
	Key  string               // its private key, as note.GenerateKey writes it
	Logs []ledger.VerifierKey // of the logs that it watches; a key's name is the log's origin

	// Burst and Every limit how often one log is answered: Burst requests at once, then one every Every. Zero means 20 and
	// a second. Only requests with the log's own signature count, so nobody else can use them up.
	Burst int
	Every time.Duration
	// AtOnce is how many requests are worked on at once; zero means 16. More are answered 503.
	AtOnce int
	Now    func() time.Time // for the limits; nil for the real clock
	Logger *slog.Logger     // nil for the default one
}

// Server is a witness. It is an [http.Handler].
type Server struct {
	signer note.Signer
	vkey   ledger.VerifierKey
	logs   map[string]*watched
	state  *state
	slots  chan struct{}
	burst  float64
	every  time.Duration
	now    func() time.Time
	log    *slog.Logger
}

// watched is a log that the witness watches. Its mutex makes "compare with the last one, then record" one step.
type watched struct {
	keys []ledger.VerifierKey

	mu     sync.Mutex
	tokens float64 // of its limit
	filled time.Time
}

// New opens a witness: ErrInvalid for a bad key, ErrConflict when another witness has the folder.
func New(c Config) (*Server, error) {
	signer, err := cosign.NewSignerForCosignatureV1(c.Key)
	if err != nil {
		return nil, fmt.Errorf("key of the witness: %w: %w", err, contrechamp.ErrInvalid)
	}
	vkey, err := VerifierKey(c.Key)
	if err != nil {
		return nil, err
	}
	s := &Server{signer: signer, vkey: vkey, logs: map[string]*watched{}, burst: 20, every: time.Second, now: time.Now, log: slog.Default()}
	if c.Burst > 0 {
		s.burst = float64(c.Burst)
	}
	if c.Every > 0 {
		s.every = c.Every
	}
	if c.Now != nil {
		s.now = c.Now
	}
	if c.Logger != nil {
		s.log = c.Logger
	}
	atOnce := 16
	if c.AtOnce > 0 {
		atOnce = c.AtOnce
	}
	s.slots = make(chan struct{}, atOnce)
	for _, k := range c.Logs {
		if k.IsZero() || k.IsWitness() {
			return nil, fmt.Errorf("key of a log to watch, %q: it is no log's: %w", k, contrechamp.ErrInvalid)
		}
		log := s.logs[k.Name()]
		if log == nil {
			log = &watched{tokens: s.burst, filled: s.now()}
			s.logs[k.Name()] = log
		}
		log.keys = append(log.keys, k)
	}
	if s.state, err = openState(c.Dir); err != nil {
		return nil, err
	}
	return s, nil
}

// Close lets another witness have the folder.
func (s *Server) Close() error { return s.state.close() }

// VerifierKey answers the text of the key by which others know the witness, as policies have it.
func (s *Server) VerifierKey() ledger.VerifierKey { return s.vkey }

// ServeHTTP answers the three addresses of a witness.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		w.Header().Set("Retry-After", "1")
		http.Error(w, "too many requests at once", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch {
	case r.URL.Path == "/add-checkpoint" && r.Method == http.MethodPost:
		s.addCheckpoint(w, r)
	case r.URL.Path == "/add-checkpoint":
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "add-checkpoint wants a POST", http.StatusMethodNotAllowed)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "want a GET", http.StatusMethodNotAllowed)
	case r.URL.Path == "/checkpoint":
		s.checkpoint(w, r)
	case r.URL.Path == "/":
		s.about(w)
	default:
		http.NotFound(w, r)
	}
}

// about says who this is.
func (s *Server) about(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	var b strings.Builder
	fmt.Fprintf(&b, "a witness of transparency logs (c2sp.org/tlog-witness)\n\nname %s\nkey %s\n\n", s.signer.Name(), s.vkey)
	var origins []string
	for o := range s.logs {
		origins = append(origins, o)
	}
	slices.Sort(origins)
	for _, o := range origins {
		fmt.Fprintf(&b, "watches %s\n", o)
	}
	_, _ = io.WriteString(w, b.String()) // who does not wait for the answer does not get it
}

// checkpoint shows what was cosigned last, so that others can compare.
func (s *Server) checkpoint(w http.ResponseWriter, r *http.Request) {
	origin := r.URL.Query().Get("origin")
	if _, ok := s.logs[origin]; !ok {
		http.Error(w, "this log is not watched here", http.StatusNotFound)
		return
	}
	last, err := s.state.last(origin)
	switch {
	case err != nil:
		s.failed(w, r, err)
	case last == nil:
		http.Error(w, "nothing of this log was cosigned yet", http.StatusNotFound)
	default:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(last)
	}
}

// failed is for what is wrong on this side: the operator reads it, the log does not.
func (s *Server) failed(w http.ResponseWriter, r *http.Request, err error) {
	s.log.ErrorContext(r.Context(), "the witness failed", "error", err)
	http.Error(w, "the witness cannot answer now", http.StatusInternalServerError)
}

func (s *Server) addCheckpoint(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxRequest))
	if err != nil {
		status := http.StatusBadRequest
		var long *http.MaxBytesError
		if errors.As(err, &long) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, "the request could not be read whole", status)
		return
	}
	req, err := parseRequest(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	// The origin is looked at before the signature, since it says which keys to try.
	origin, _, _ := strings.Cut(string(req.checkpoint), "\n")
	log, ok := s.logs[origin]
	if !ok {
		http.Error(w, "this log is not watched here", http.StatusNotFound)
		return
	}
	point, err := ledger.ParseCheckpoint(req.checkpoint, log.keys...)
	switch {
	case errors.Is(err, contrechamp.ErrAltered):
		http.Error(w, "no good signature of the log's key on the checkpoint", http.StatusForbidden)
		return
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if !log.allow(s.now(), s.burst, s.every) {
		w.Header().Set("Retry-After", fmt.Sprint(max(1, int(s.every/time.Second))))
		http.Error(w, "this log asks too often", http.StatusTooManyRequests)
		return
	}
	last, err := s.lastTree(origin)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	if status, why := judge(req, point.Tree(), last); status != http.StatusOK {
		s.refuse(w, r, origin, body, status, why, last.N)
		return
	}
	signed, line, err := s.cosign(point)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	if err := s.state.keep(origin, signed); err != nil {
		s.failed(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write(line)
}

// refuse answers a signed checkpoint that is not cosigned. One that contradicts what was signed before is kept.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, origin string, body []byte, status int, why string, size int64) {
	if status == http.StatusUnprocessableEntity || status == http.StatusConflict && why != "" {
		s.log.WarnContext(r.Context(), "a log does not continue what it showed before", "origin", origin, "why", why)
		if err := s.state.refuse(origin, body, s.now()); err != nil {
			s.log.ErrorContext(r.Context(), "the proof of it could not be kept", "origin", origin, "error", err)
		}
	}
	if status == http.StatusConflict {
		w.Header().Set("Content-Type", sizeType)
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, "%d\n", size)
		return
	}
	http.Error(w, why, status)
}

// judge says whether tree may be cosigned after last, with the status of the protocol and, where the log is at fault, why.
// A conflict without a why is a sender that merely does not know what was signed last.
func judge(req request, tree, last tlog.Tree) (status int, why string) {
	switch {
	case req.old > tree.N:
		return http.StatusBadRequest, "the old size is larger than the checkpoint's"
	case req.old != last.N:
		return http.StatusConflict, ""
	case req.old == tree.N && tree.Hash != last.Hash && tree.N > 0:
		return http.StatusConflict, "two roots of one size"
	case req.old == 0 && tree.N == 0:
		if empty, err := tlog.TreeHash(0, nil); err != nil || tree.Hash != empty {
			return http.StatusUnprocessableEntity, "the root of the empty tree is another one"
		}
		return emptyProof(req)
	case req.old == 0, req.old == tree.N:
		return emptyProof(req)
	}
	if err := tlog.CheckTree(req.proof, tree.N, tree.Hash, last.N, last.Hash); err != nil {
		return http.StatusUnprocessableEntity, "the proof does not lead from the last checkpoint to this one"
	}
	return http.StatusOK, ""
}

func emptyProof(req request) (status int, why string) {
	if len(req.proof) > 0 {
		return http.StatusUnprocessableEntity, "there is a proof where nothing is to be proved"
	}
	return http.StatusOK, ""
}

// cosign signs a checkpoint. It answers the checkpoint with the signatures of the log's known keys and its own, and its own
// line apart. Whoever else signed is not carried over: he is not ours to vouch for.
func (s *Server) cosign(point ledger.Checkpoint) (signed, line []byte, err error) {
	text := append(body(point.Note), '\n')
	signed = append(bytes.Clone(text), '\n')
	for _, k := range s.logs[point.Origin].keys {
		if slices.Contains(point.SignedBy, k.String()) {
			l, err := lineOf(point.Note, k)
			if err != nil {
				return nil, nil, err
			}
			signed = append(signed, l...)
		}
	}
	own, err := note.Sign(&note.Note{Text: string(text)}, s.signer)
	if err != nil {
		return nil, nil, err
	}
	if line, err = lineOf(own, s.vkey); err != nil {
		return nil, nil, err
	}
	return append(signed, line...), line, nil
}

// body is what a note's signatures cover, without the last line feed.
func body(signed []byte) []byte {
	b, _, _ := bytes.Cut(signed, []byte("\n\n"))
	return bytes.Clone(b)
}

// lastTree is the last tree that was cosigned, as its file says; the empty tree when there was none. A file that is
// damaged is never taken for none: that would allow a second history.
func (s *Server) lastTree(origin string) (tlog.Tree, error) {
	b, err := s.state.last(origin)
	if err != nil || b == nil {
		return tlog.Tree{}, err
	}
	point, err := ledger.ParseCheckpoint(b, s.vkey)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("the last checkpoint of %s, as kept here, bears no signature of this witness: %w: %w", origin, err, contrechamp.ErrAltered)
	}
	if point.Origin != origin {
		return tlog.Tree{}, fmt.Errorf("the last checkpoint of %s, as kept here, is of another log: %w", origin, contrechamp.ErrAltered)
	}
	return point.Tree(), nil
}

// allow takes one from the log's allowance.
func (l *watched) allow(now time.Time, burst float64, every time.Duration) bool {
	if passed := now.Sub(l.filled); passed > 0 {
		l.tokens = min(burst, l.tokens+float64(passed)/float64(every))
		l.filled = now
	}
	if l.tokens < 1 {
		return false
	}
	l.tokens--
	return true
}
