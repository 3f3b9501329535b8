package store

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/store/storetest"
	"contrechamp.org/contrechamp/internal/testenv"
)

// fakeS3 is an S3 server in this process, with a bucket. between, if set, may answer instead of it.
func fakeS3(t *testing.T, between func(w http.ResponseWriter, r *http.Request) bool) (endpoint string) {
	t.Helper()
	testenv.Credentials(t)
	backend := s3mem.New()
	if err := backend.CreateBucket("evidence"); err != nil {
		t.Fatal(err)
	}
	inner := gofakes3.New(backend, gofakes3.WithLogger(gofakes3.DiscardLog())).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if between != nil && between(w, r) {
			return
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func bucketAt(endpoint, bucket string) string {
	return fmt.Sprintf("s3://%s/some/prefix?endpoint=%s&path-style=true", bucket, endpoint)
}

func openBucket(t *testing.T, address string, o BucketOptions) *Bucket {
	t.Helper()
	b, err := OpenBucket(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func bucketInstance(b *Bucket) storetest.BlobsInstance {
	return storetest.BlobsInstance{Blobs: b, Alter: func(t *testing.T, d contrechamp.Digest) {
		_, err := b.client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &b.bucket, Key: aws.String(b.key(d)), Body: strings.NewReader("evidencE")})
		if err != nil {
			t.Fatal(err)
		}
	}}
}

func TestBucketInProcess(t *testing.T) {
	storetest.RunBlobs(t, func(t *testing.T) storetest.BlobsInstance {
		return bucketInstance(openBucket(t, bucketAt(fakeS3(t, nil), "evidence"), BucketOptions{}))
	})
}

// TestBucketWithoutConditions: a server that does not know If-None-Match.
func TestBucketWithoutConditions(t *testing.T) {
	storetest.RunBlobs(t, func(t *testing.T) storetest.BlobsInstance {
		return bucketInstance(openBucket(t, bucketAt(fakeS3(t, func(w http.ResponseWriter, r *http.Request) bool {
			if r.Header.Get("If-None-Match") == "" {
				return false
			}
			answerS3(w, http.StatusNotImplemented, "NotImplemented")
			return true
		}), "evidence"), BucketOptions{}))
	})
}

func answerS3(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>as the test wants</Message></Error>", code)
}

func TestBucketOfVersity(t *testing.T) {
	endpoint := "http://" + testenv.S3(t)
	n := 0
	storetest.RunBlobs(t, func(t *testing.T) storetest.BlobsInstance {
		n++ // each a prefix of its own
		return bucketInstance(openBucket(t, fmt.Sprintf("s3://evidence/%d?endpoint=%s&path-style=true", n, endpoint), BucketOptions{}))
	})
}

func TestOpenBucketRefused(t *testing.T) {
	denied := fakeS3(t, func(w http.ResponseWriter, _ *http.Request) bool {
		answerS3(w, http.StatusForbidden, "AccessDenied")
		return true
	})
	there := fakeS3(t, nil)
	for name, tt := range map[string]struct {
		address string
		kind    error
	}{
		"no bucket named":   {"s3://", contrechamp.ErrInvalid},
		"an unknown part":   {"s3://evidence?colour=blue", contrechamp.ErrInvalid},
		"a bad path-style":  {"s3://evidence?path-style=maybe", contrechamp.ErrInvalid},
		"no such bucket":    {bucketAt(there, "nowhere"), contrechamp.ErrNotFound},
		"no rights":         {bucketAt(denied, "evidence"), contrechamp.ErrConflict},
		"nobody there":      {bucketAt("http://127.0.0.1:1", "evidence"), contrechamp.ErrUnavailable},
		"no such host":      {bucketAt("http://nowhere.invalid", "evidence"), nil},
		"not even a scheme": {"ftp://evidence/x", contrechamp.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			if strings.HasPrefix(tt.address, "s3:") {
				_, err = OpenBucket(t.Context(), tt.address, BucketOptions{Patience: time.Millisecond})
			} else {
				_, err = OpenBlobs(t.Context(), tt.address, false)
			}
			if err == nil || tt.kind != nil && !errors.Is(err, tt.kind) {
				t.Fatalf("got %v, want %v", err, tt.kind)
			}
			if tt.kind != nil && tt.kind != contrechamp.ErrInvalid && contrechamp.Hint(err) == "" {
				t.Errorf("%v has no hint", err)
			}
			if strings.Contains(err.Error(), "test-secret") {
				t.Errorf("the message holds the secret: %v", err)
			}
		})
	}
}

// TestBucketAway: the server fails for a while, and what was asked succeeds all the same.
func TestBucketAway(t *testing.T) {
	var failing atomic.Int32
	endpoint := fakeS3(t, func(w http.ResponseWriter, _ *http.Request) bool {
		if failing.Add(-1) < 0 {
			return false
		}
		answerS3(w, http.StatusServiceUnavailable, "SlowDown")
		return true
	})
	b := openBucket(t, bucketAt(endpoint, "evidence"), BucketOptions{})
	failing.Store(5) // more than the client itself tries again
	d, _, err := b.Put(t.Context(), strings.NewReader("evidence"), 100)
	if err != nil {
		t.Fatal(err)
	}
	failing.Store(5)
	if got, err := b.Get(t.Context(), d); err != nil || string(got) != "evidence" {
		t.Errorf("got %q, %v", got, err)
	}
	failing.Store(1 << 30)
	b.patience = time.Millisecond
	if _, err := b.Get(t.Context(), d); !errors.Is(err, contrechamp.ErrUnavailable) || contrechamp.Hint(err) == "" {
		t.Errorf("away for good: got %v, want %v with a hint", err, contrechamp.ErrUnavailable)
	}
	failing.Store(0)
	readOnly := openBucket(t, bucketAt(endpoint, "evidence"), BucketOptions{ReadOnly: true})
	if _, _, err := readOnly.Put(t.Context(), strings.NewReader("more"), 100); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("put into one opened for reading: got %v, want %v", err, contrechamp.ErrConflict)
	}
}

// TestBucketWithVersions: of a bucket that keeps versions all of them go.
func TestBucketWithVersions(t *testing.T) {
	b := openBucket(t, bucketAt(fakeS3(t, nil), "evidence"), BucketOptions{})
	ctx := t.Context()
	if _, err := b.client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &b.bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}}); err != nil {
		t.Fatal(err)
	}
	d, _, err := b.Put(ctx, strings.NewReader("withheld"), 100)
	if err != nil {
		t.Fatal(err)
	}
	bucketInstance(b).Alter(t, d) // another version
	other, _, err := b.Put(ctx, strings.NewReader("kept"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Delete(ctx, d); err != nil {
		t.Fatal(err)
	}
	left, err := b.client.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &b.bucket, Prefix: &b.prefix})
	if err != nil || len(left.Versions) != 1 || len(left.DeleteMarkers) != 0 || *left.Versions[0].Key != b.key(other) {
		t.Errorf("left: %d versions, %d marks, %v", len(left.Versions), len(left.DeleteMarkers), err)
	}
}
