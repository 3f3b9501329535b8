package store

import (
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/store/storetest"
	"contrechamp.org/contrechamp/internal/testenv"
)

// serverOptions are testOptions for a database on a server.
func serverOptions(address string) Options {
	o := testOptions("")
	o.Address = address
	o.Silence = time.Second
	return o
}

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Instance {
		return instance(t, serverOptions(testenv.Postgres(t)))
	})
}
