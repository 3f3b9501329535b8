package witness

import (
	"bytes"
	"testing"
)

// FuzzRequest reads bodies of add-checkpoint: one that is understood is written back as it was.
func FuzzRequest(f *testing.F) {
	f.Add([]byte("old 0\n\norigin\n1\nAAAA\n\n— origin AAAA\n"))
	f.Add([]byte("old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n\nexample.com/log\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := parseRequest(b)
		if err != nil {
			return
		}
		if got := r.appendText(nil); !bytes.Equal(got, b) {
			t.Errorf("read %q and wrote %q", b, got)
		}
	})
}
