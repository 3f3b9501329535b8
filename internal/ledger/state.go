package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
)

// stateFile is where the writer keeps how far the tree is built (tessera v1, POSIX driver). A checkpoint may lag behind it.
const stateFile = ".state/treeState"

type treeState struct {
	Size uint64 `json:"size"`
	Root []byte `json:"root"`
}

// State answers how far the tree is built: ErrNotFound when there is no log.
func (f Folder) State() (tlog.Tree, error) {
	b, err := os.ReadFile(f.path(stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return tlog.Tree{}, fmt.Errorf("the log's state: %w: %w", err, contrechamp.ErrNotFound)
	}
	if err != nil {
		return tlog.Tree{}, readFailed("the log's state", err)
	}
	var s treeState
	if err := json.Unmarshal(b, &s); err != nil || len(s.Root) != tlog.HashSize || s.Size > 1<<62 {
		return tlog.Tree{}, fmt.Errorf("the log's state: not what was written: %w", contrechamp.ErrAltered)
	}
	// one text only, so that a changed bit shows
	if again, err := json.Marshal(s); err != nil || string(again) != string(b) {
		return tlog.Tree{}, fmt.Errorf("the log's state: not what was written: %w", contrechamp.ErrAltered)
	}
	return tlog.Tree{N: int64(s.Size), Hash: tlog.Hash(s.Root)}, nil
}
