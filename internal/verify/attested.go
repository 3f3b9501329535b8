package verify

import (
	"contrechamp.org/contrechamp/internal/ledger/attest"
)

// attested checks what authorities and witnesses said of the log: that it is what was kept, and that each token is a good
// signature over a state that the log published. Whether an authority is to be believed is for whoever reads a bundle.
func (x *checking) attested() error {
	var err error
	x.report.Attested, err = attest.Audit(x.Log, func(name, what string) { x.found("log, "+name, "%s", what) })
	return err
}
