package ocr

import (
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

func TestLimitOfAnotherProcess(t *testing.T) {
	c := exec.Command("sleep", "60")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = c.Process.Kill() // it sleeps
		_ = c.Wait()         // it was killed
	}()
	if err := limit(c.Process.Pid); err != nil {
		t.Fatal(err)
	}
	var memory, files unix.Rlimit
	if err := unix.Prlimit(c.Process.Pid, unix.RLIMIT_AS, nil, &memory); err != nil {
		t.Fatal(err)
	}
	if err := unix.Prlimit(c.Process.Pid, unix.RLIMIT_FSIZE, nil, &files); err != nil {
		t.Fatal(err)
	}
	if memory.Cur > maxMemory || memory.Max > maxMemory || files.Cur != 0 {
		t.Errorf("memory %+v, files %+v", memory, files)
	}
}
