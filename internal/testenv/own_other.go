//go:build !linux

package testenv

import "os/exec"

// own does nothing: elsewhere nobody tests as root.
func (*Cluster) own(*exec.Cmd) {}
