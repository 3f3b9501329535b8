package testenv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a PostgreSQL server of the tests' own, in a temporary folder and on the loopback address. It belongs to
// the test binary: it ends with it, even when that is killed.
type Cluster struct {
	dir, bin string
	port     int
	who      *account // whose process it is, where the tests run as root; else nil
	process  *exec.Cmd
	ended    chan struct{} // closed when the process has ended
	made     atomic.Int64  // databases

	certificate, key, otherCertificate string
}

// Locked is a role that must give LockedPassword; all others are trusted.
const (
	Locked         = "locked"
	LockedPassword = "open sesame"
)

var (
	clusterOnce sync.Once
	cluster     *Cluster
	clusterErr  error
)

// Postgres answers the address of a new, empty database of the test binary's own server. A test is skipped where
// the server's programs are not installed. Main must run the tests.
func Postgres(t testing.TB) string {
	t.Helper()
	return Server(t).Database(t)
}

// Server answers the test binary's own server, started at the first call.
func Server(t testing.TB) *Cluster {
	t.Helper()
	clusterOnce.Do(func() { cluster, clusterErr = startCluster() })
	if errors.Is(clusterErr, errNoPostgres) {
		Skip(t, "the programs of a PostgreSQL server are not installed (Debian: postgresql)")
	}
	if clusterErr != nil {
		t.Fatalf("start PostgreSQL: %v", clusterErr)
	}
	return cluster
}

// Main runs a package's tests and ends what they started.
func Main(m *testing.M) { os.Exit(Run(m)) }

// Run is Main for who ends the process by other means.
func Run(m *testing.M) int {
	code := m.Run()
	if cluster != nil {
		if err := cluster.remove(); err != nil {
			fmt.Fprintln(os.Stderr, "end PostgreSQL:", err)
			code = max(code, 1)
		}
	}
	return code
}

var errNoPostgres = errors.New("no PostgreSQL")

// serverPrograms finds the folder with initdb and postgres: where Debian puts them, or on the path.
func serverPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	slices.Sort(found)
	if path, err := exec.LookPath("postgres"); err == nil {
		found = append([]string{path}, found...)
	}
	for _, path := range slices.Backward(found) {
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), "initdb")); err == nil {
			return filepath.Dir(path), nil
		}
	}
	return "", errNoPostgres
}

type account struct{ uid, gid int }

// another is a user that is not root: PostgreSQL refuses to run as root.
func another() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		return &account{uid, gid}, errors.Join(err1, err2)
	}
	return nil, errors.New("the tests run as root, and there is no user postgres or nobody to run the server")
}

func startCluster() (*Cluster, error) {
	bin, err := serverPrograms()
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: bin}
	if c.who, err = another(); err != nil {
		return nil, err
	}
	if c.dir, err = os.MkdirTemp("", "contrechamp-postgres-"); err != nil {
		return nil, err
	}
	if c.who != nil {
		if err := os.Chown(c.dir, c.who.uid, c.who.gid); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(c.dir, "data")
	made := c.command("initdb", "-D", data, "-U", "contrechamp", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
	if out, err := made.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	hba := "host all " + Locked + " 127.0.0.1/32 scram-sha-256\nlocal all all trust\nhost all all 127.0.0.1/32 trust\n"
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(hba), 0o644); err != nil {
		return nil, err
	}
	if err := c.makeCertificates(); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, errors.Join(err, c.remove())
	}
	return c, nil
}

// makeCertificates makes the server's own, and one that is not its own.
func (c *Cluster) makeCertificates() error {
	c.certificate, c.key = filepath.Join(c.dir, "server.crt"), filepath.Join(c.dir, "server.key")
	c.otherCertificate = filepath.Join(c.dir, "other.crt")
	err := errors.Join(writeCertificate(c.certificate, c.key), writeCertificate(c.otherCertificate, filepath.Join(c.dir, "other.key")))
	if err == nil && c.who != nil {
		err = os.Chown(c.key, c.who.uid, c.who.gid) // the server refuses a key that others may read
	}
	return err
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	c.own(cmd)
	return cmd
}

// Start starts the server, also after Stop, and waits until it answers.
func (c *Cluster) Start() error {
	var said bytes.Buffer
	started := make(chan error)
	ended := make(chan struct{})
	go func() {
		// the server is told when the thread that started it ends: the thread stays with this goroutine, which waits
		runtime.LockOSThread()
		defer close(ended)
		cmd := c.command("postgres", "-D", filepath.Join(c.dir, "data"), "-p", strconv.Itoa(c.port), "-k", c.dir,
			"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200", "-c", "ssl=on", "-c", "ssl_cert_file="+c.certificate, "-c", "ssl_key_file="+c.key, "-c", "log_min_messages=fatal")
		cmd.Stderr = &said
		err := cmd.Start()
		c.process, c.ended = cmd, ended
		started <- err
		if err == nil {
			_ = cmd.Wait() // it ends when it is told to
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	const patience = 30 * time.Second
	for until := time.Now().Add(patience); ; {
		err := c.ask("postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-ended:
			return fmt.Errorf("postgres ended: %s", said.String())
		case <-time.After(20 * time.Millisecond): // there is nothing to wait on but the next answer
		}
		if time.Now().After(until) {
			return fmt.Errorf("postgres does not answer: %w: %s", err, said.String())
		}
	}
}

// Stop ends the server at once, as a restart does: who is connected loses the connection.
func (c *Cluster) Stop() error {
	if err := c.process.Process.Signal(os.Interrupt); err != nil { // "fast shutdown"
		return err
	}
	<-c.ended
	return nil
}

func (c *Cluster) remove() error {
	err := c.Stop()
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}

// Port is where the server listens on 127.0.0.1.
func (c *Cluster) Port() int { return c.port }

// Address is that of one of its databases, for a role.
func (c *Cluster) Address(role, database string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", role, c.port, database)
}

// Database makes a new, empty database and answers its address.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test_%d", c.made.Add(1))
	c.Run(t, "postgres", "CREATE DATABASE "+name)
	return c.Address("contrechamp", name)
}

// Run runs SQL in a database, as its owner.
func (c *Cluster) Run(t testing.TB, database, sql string) {
	t.Helper()
	if err := c.ask(database, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (c *Cluster) ask(database, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.Address("contrechamp", database))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}
