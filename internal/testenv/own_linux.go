package testenv

import (
	"os/exec"
	"syscall"
)

// own makes a process another user's where the tests run as root, and lets it end with the tests.
func (c *Cluster) own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT} // PostgreSQL's immediate shutdown
	if c.who != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(c.who.uid), Gid: uint32(c.who.gid)}
	}
}
