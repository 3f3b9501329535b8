package contrechamp

import "errors"

// The kinds of error, named for what they mean to whoever asked. Test for them with errors.Is; a wrapping error
// adds the operation and the object ("capture notes.html: read file: ...").
var (
	// ErrNotFound: nothing of that name is kept here.
	ErrNotFound = errors.New("not found")
	// ErrInvalid: what was given cannot be understood, and would not be on a second try.
	ErrInvalid = errors.New("invalid")
	// ErrConflict: what was asked contradicts what is already there, or somebody else is at it.
	ErrConflict = errors.New("conflict")
	// ErrAltered: what is stored is not what was once acknowledged; evidence has been damaged.
	ErrAltered = errors.New("altered")
	// ErrWithheld: the bytes are kept from the reader by law or on request; the record of them stays.
	ErrWithheld = errors.New("withheld")
	// ErrUnavailable: the same call may succeed later (a full disk, a database that is away).
	ErrUnavailable = errors.New("unavailable")
)

// Hinted is an error that knows what the person can do about it. The command line prints Hint on a line of its
// own, after "hint: ", and it is something that can be pasted or done as it stands.
type Hinted struct {
	Err  error
	Hint string
}

// WithHint joins a next step to err. It returns nil for a nil err.
func WithHint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return &Hinted{Err: err, Hint: hint}
}

func (h *Hinted) Error() string { return h.Err.Error() }

// Unwrap lets errors.Is see the kind behind the hint.
func (h *Hinted) Unwrap() error { return h.Err }

// Hint returns the outermost hint in err's chain, "" when there is none.
func Hint(err error) string {
	var h *Hinted
	if errors.As(err, &h) {
		return h.Hint
	}
	return ""
}
