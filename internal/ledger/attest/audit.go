package attest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

// Audited is how much an audit looked at.
type Audited struct {
	States       int `json:"states"` // checkpoints that others were asked about
	Stamps       int `json:"stamps"`
	Cosignatures int `json:"cosignatures"`
}

// Audit looks at everything that others said of a log: each file must be what was kept, each checkpoint one that the log
// published, each token a good signature over it. What is not so is handed to found, with the name of the file. Whether an authority
// or a witness is to be believed is not asked here.
func Audit(log ledger.Folder, found func(name, what string)) (Audited, error) {
	var out Audited
	entries, err := os.ReadDir(filepath.Join(string(log), attestedName))
	if errors.Is(err, os.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("what others said of the log: %w: %w", err, contrechamp.ErrUnavailable)
	}
	published, err := log.Checkpoints()
	if err != nil && !errors.Is(err, contrechamp.ErrAltered) { // what is wrong with those is the log's audit to say
		return out, err
	}
	known := map[string]bool{}
	for _, p := range published {
		known[string(p)] = true
	}
	for _, e := range entries {
		name := attestedName + "/" + e.Name()
		size, err := strconv.ParseInt(e.Name(), 10, 64)
		switch {
		case e.Name() == statusName || strings.HasSuffix(e.Name(), ".new"):
		case err != nil || !e.IsDir():
			found(name, "nothing of that name is kept here")
		default:
			if err := auditState(log, size, name, known, found, &out); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// auditState looks at one folder.
func auditState(log ledger.Folder, size int64, name string, known map[string]bool, found func(name, what string), out *Audited) error {
	listed, err := readDigests(log, size)
	if errors.Is(err, contrechamp.ErrAltered) {
		found(name+"/"+digestsName, "it is not what was written")
		return nil
	}
	if err != nil {
		return err
	}
	k, err := load(log, size)
	if errors.Is(err, contrechamp.ErrNotFound) {
		if len(listed) > 0 {
			found(name+"/"+checkpointName, "it is missing")
		}
		return nil
	}
	if err != nil {
		return err
	}
	out.States++
	files := map[string][]byte{checkpointName: k.Signed}
	if k.Cosignatures != nil {
		files[cosignaturesName] = k.Cosignatures
		out.Cosignatures += strings.Count(string(k.Cosignatures), "\n")
	}
	for authority, b := range k.Stamps {
		out.Stamps++
		files[authority+stampSuffix] = b
	}
	for file, b := range files {
		if d, ok := listed[file]; ok && d != contrechamp.Sum(b) {
			found(name+"/"+file, "it is not what was kept: its digest is another one")
		}
		authority, isStamp := strings.CutSuffix(file, stampSuffix)
		if !isStamp {
			continue
		}
		if _, err := stamp.Check(b, contrechamp.Sum(k.Signed), nil); err != nil {
			found(name+"/"+file, fmt.Sprintf("the time-stamp of %s does not hold: %v", authority, err))
		}
	}
	for file := range listed {
		if _, ok := files[file]; !ok {
			found(name+"/"+file, "it is missing")
		}
	}
	if s, err := ledger.CheckpointSize(k.Signed); err != nil || s != size || !known[string(k.Signed)] {
		found(name+"/"+checkpointName, "the log published no such checkpoint")
	}
	return strangers(filepath.Join(string(log), attestedName, strconv.FormatInt(size, 10)), name, files, found)
}

// strangers tells files that are none of a round's.
func strangers(folder, name string, files map[string][]byte, found func(name, what string)) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("what others said of the log: %w: %w", err, contrechamp.ErrUnavailable)
	}
	for _, e := range entries {
		_, ok := files[e.Name()]
		if !ok && e.Name() != digestsName && filepath.Ext(e.Name()) != ".new" {
			found(name+"/"+e.Name(), "nothing of that name is kept here")
		}
	}
	return nil
}
