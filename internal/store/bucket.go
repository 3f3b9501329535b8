package store

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"contrechamp.org/contrechamp"
)

const (
	// bucketPatience is how long what fails because the object store is away is tried again.
	bucketPatience = 2 * time.Minute
	// answerLimit is how long the object store may take to begin an answer.
	answerLimit = 30 * time.Second
	// usualRegion is used where neither the address nor the environment names one; most servers but Amazon's ignore it.
	usualRegion = "us-east-1"
	// longestObject bounds what Get reads into memory, whatever the server sends.
	longestObject = 4 << 30
)

// BucketOptions say how a bucket is opened.
type BucketOptions struct {
	ReadOnly bool          // Put answers ErrConflict
	Patience time.Duration // 0 is two minutes
}

// Bucket keeps bytes as objects of an S3 server named by their digest: PREFIX/ab/cdef... It is safe for concurrent use.
//
// An object is only ever created (If-None-Match: *), and its bytes are checked against its name when they are read.
// Put holds the bytes in a temporary file first: their name is known when they have all been seen. What the server
// acknowledged is as durable as the server makes it.
type Bucket struct {
	client         *s3.Client
	bucket, prefix string
	readOnly       bool
	patience       time.Duration
}

var _ contrechamp.Blobs = (*Bucket)(nil)

// OpenBucket opens a bucket by its address, s3://BUCKET/PREFIX?region=R&endpoint=https://HOST&path-style=true, and
// looks whether it is there. Credentials come from where Amazon's tools have them: AWS_ACCESS_KEY_ID and
// AWS_SECRET_ACCESS_KEY, the file ~/.aws/credentials, the machine's role.
func OpenBucket(ctx context.Context, address string, o BucketOptions) (*Bucket, error) {
	b, err := newBucket(ctx, address, o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", Redact(address), err)
	}
	err = b.patiently(ctx, func() error {
		_, err := b.client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &b.bucket})
		return err
	})
	if err != nil {
		return nil, bucketFailed(ctx, "open the bucket "+b.bucket, err)
	}
	return b, nil
}

func newBucket(ctx context.Context, address string, o BucketOptions) (*Bucket, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != schemeS3 || u.Host == "" {
		return nil, contrechamp.WithHint(fmt.Errorf("it names no bucket: %w", contrechamp.ErrInvalid), "s3://BUCKET/PREFIX?region=eu-west-3")
	}
	q := u.Query()
	pathStyle := false
	for name := range q {
		switch name {
		case "region", "endpoint":
		case "path-style":
			if pathStyle, err = strconv.ParseBool(q.Get(name)); err != nil {
				return nil, fmt.Errorf("path-style is %q, want true or false: %w", q.Get(name), contrechamp.ErrInvalid)
			}
		default:
			return nil, contrechamp.WithHint(fmt.Errorf("it has a part %q that means nothing: %w", name, contrechamp.ErrInvalid),
				"s3://BUCKET/PREFIX?region=R&endpoint=https://HOST&path-style=true")
		}
	}
	transport := awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
		t.ResponseHeaderTimeout = answerLimit
		t.MaxIdleConnsPerHost = 16
	})
	settings, err := config.LoadDefaultConfig(ctx, config.WithHTTPClient(transport))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid)
	}
	if r := q.Get("region"); r != "" {
		settings.Region = r
	}
	if settings.Region == "" {
		settings.Region = usualRegion
	}
	b := &Bucket{bucket: u.Host, prefix: strings.Trim(u.Path, "/"), readOnly: o.ReadOnly, patience: o.Patience}
	if b.prefix != "" {
		b.prefix += "/"
	}
	if b.patience == 0 {
		b.patience = bucketPatience
	}
	b.client = s3.NewFromConfig(settings, func(s *s3.Options) {
		if e := q.Get("endpoint"); e != "" {
			s.BaseEndpoint = aws.String(e)
		}
		s.UsePathStyle = pathStyle
		// other servers know only some of the newer checksums; ours is the name of the object
		s.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		s.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
	})
	return b, nil
}

func (b *Bucket) key(d contrechamp.Digest) string {
	name := d.String()
	return b.prefix + name[:2] + "/" + name[2:]
}

func (b *Bucket) patiently(ctx context.Context, f func() error) error {
	return repeat(ctx, b.patience, f, bucketAway)
}

// Put implements contrechamp.Blobs.
func (b *Bucket) Put(ctx context.Context, r io.Reader, limit int64) (contrechamp.Digest, int64, error) {
	const doing = "keep bytes"
	if b.readOnly {
		return contrechamp.Digest{}, 0, fmt.Errorf("%s: the bucket was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	temp, err := os.CreateTemp("", "contrechamp-put-")
	if err != nil {
		return contrechamp.Digest{}, 0, fileFailed(doing, err)
	}
	defer os.Remove(temp.Name()) // a leftover in the system's temporary folder does no harm
	defer temp.Close()           // only read since it was written
	digest, n, err := fillTemp(ctx, temp, r, limit)
	if err != nil {
		return contrechamp.Digest{}, 0, fileFailed(doing, err)
	}
	if err := b.patiently(ctx, func() error { return b.create(ctx, digest, temp, n) }); err != nil {
		return contrechamp.Digest{}, 0, bucketFailed(ctx, doing, err)
	}
	return digest, n, nil
}

// create makes the object unless it is there. One that is there with other bytes, damaged since, is replaced.
func (b *Bucket) create(ctx context.Context, d contrechamp.Digest, from *os.File, length int64) error {
	put := &s3.PutObjectInput{Bucket: &b.bucket, Key: aws.String(b.key(d)), ContentLength: &length, IfNoneMatch: aws.String("*"),
		ContentType: aws.String("application/octet-stream")}
	send := func() error {
		if _, err := from.Seek(0, io.SeekStart); err != nil {
			return err
		}
		put.Body = from
		_, err := b.client.PutObject(ctx, put)
		return err
	}
	err := send()
	switch apiCode(err) {
	case "PreconditionFailed":
	case "NotImplemented":
		// a server that cannot create only: look first. Two that write at the same moment write the same bytes.
	default:
		return err
	}
	whole, err := b.whole(ctx, d, from)
	if err != nil || whole {
		return err
	}
	put.IfNoneMatch = nil
	return send()
}

// whole reports whether the object is there with the bytes of from: by its entity tag, which is the MD5 of an object
// sent in one piece to most servers, else by reading it.
func (b *Bucket) whole(ctx context.Context, d contrechamp.Digest, from *os.File) (bool, error) {
	head, err := b.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.bucket, Key: aws.String(b.key(d))})
	if isMissing(err) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	tag := md5.New() // what the protocol has; the name of the object is the digest that counts
	if _, err := io.Copy(tag, from); err != nil {
		return false, err
	}
	if strings.Trim(aws.ToString(head.ETag), `"`) == hex.EncodeToString(tag.Sum(nil)) {
		return true, nil
	}
	_, err = b.get(ctx, d)
	if errors.Is(err, contrechamp.ErrAltered) {
		return false, nil
	}
	return err == nil, err
}

// Has implements contrechamp.Blobs.
func (b *Bucket) Has(ctx context.Context, d contrechamp.Digest) (bool, error) {
	err := b.patiently(ctx, func() error {
		_, err := b.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.bucket, Key: aws.String(b.key(d))})
		return err
	})
	if isMissing(err) {
		return false, nil
	}
	return err == nil, bucketFailed(ctx, "bytes of "+d.Short(), err)
}

// Get implements contrechamp.Blobs.
func (b *Bucket) Get(ctx context.Context, d contrechamp.Digest) ([]byte, error) {
	var bytes []byte
	err := b.patiently(ctx, func() (err error) {
		bytes, err = b.get(ctx, d)
		return err
	})
	return bytes, bucketFailed(ctx, "bytes of "+d.Short(), err)
}

func (b *Bucket) get(ctx context.Context, d contrechamp.Digest) ([]byte, error) {
	got, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.bucket, Key: aws.String(b.key(d))})
	if err != nil {
		return nil, err
	}
	defer got.Body.Close() // what is left unread is no loss
	bytes, err := io.ReadAll(io.LimitReader(got.Body, longestObject))
	if err != nil {
		return nil, err
	}
	if contrechamp.Sum(bytes) != d {
		return nil, contrechamp.WithHint(fmt.Errorf("the object holds other bytes: %w", contrechamp.ErrAltered),
			"put the object back from a backup, or add the document again: "+b.key(d))
	}
	return bytes, nil
}

// Delete implements contrechamp.Blobs. Of a bucket that keeps versions all are removed, which needs the rights
// s3:ListBucketVersions and s3:DeleteObjectVersion.
func (b *Bucket) Delete(ctx context.Context, d contrechamp.Digest) error {
	doing := "remove the bytes of " + d.Short()
	if b.readOnly {
		return fmt.Errorf("%s: the bucket was opened for reading: %w", doing, contrechamp.ErrConflict)
	}
	return bucketFailed(ctx, doing, b.patiently(ctx, func() error { return b.delete(ctx, b.key(d)) }))
}

func (b *Bucket) delete(ctx context.Context, key string) error {
	if _, err := b.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b.bucket, Key: &key}); err != nil && !isMissing(err) {
		return err
	}
	state, err := b.client.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &b.bucket})
	switch {
	case status(err) == http.StatusNotImplemented:
		return nil // a server that keeps no versions
	case err != nil:
		return fmt.Errorf("look whether the bucket keeps versions: %w", err)
	case state.Status == "":
		return nil // it never did
	}
	pages := s3.NewListObjectVersionsPaginator(b.client, &s3.ListObjectVersionsInput{Bucket: &b.bucket, Prefix: &key})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("list its versions: %w", err)
		}
		var versions []*string
		for _, v := range page.Versions {
			versions = append(versions, v.VersionId)
		}
		for _, m := range page.DeleteMarkers {
			versions = append(versions, m.VersionId)
		}
		for _, v := range versions { // keys are of one length: the prefix is the key
			if _, err := b.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b.bucket, Key: &key, VersionId: v}); err != nil {
				return fmt.Errorf("remove a version: %w", err)
			}
		}
	}
	return nil
}

// apiCode is the server's code of an error (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
func apiCode(err error) string {
	var e smithy.APIError
	if !errors.As(err, &e) {
		return ""
	}
	if s := status(err); s == http.StatusPreconditionFailed {
		return "PreconditionFailed" // some servers have a code of their own
	} else if s == http.StatusNotImplemented {
		return "NotImplemented"
	}
	return e.ErrorCode()
}

func status(err error) int {
	var e *awshttp.ResponseError
	if !errors.As(err, &e) {
		return 0
	}
	return e.HTTPStatusCode()
}

func isMissing(err error) bool {
	switch apiCode(err) {
	case "NoSuchKey", "NotFound":
		return true
	}
	return false
}

// bucketAway reports whether what failed may succeed later.
func bucketAway(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if s := status(err); s >= 500 && s != http.StatusNotImplemented || s == http.StatusTooManyRequests || s == http.StatusRequestTimeout || s == http.StatusConflict {
		return true
	}
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		return false
	}
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// bucketFailed turns an error of the object store into one of ours.
func bucketFailed(ctx context.Context, doing string, err error) error {
	kind := func(kind error, what, hint string) error {
		return contrechamp.WithHint(fmt.Errorf("%s: %s: %w: %w", doing, what, err, kind), hint)
	}
	switch {
	case err == nil:
		return nil
	case isOurs(err):
		return fmt.Errorf("%s: %w", doing, err)
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	case apiCode(err) == "NoSuchBucket", apiCode(err) == "NotFound" && strings.HasPrefix(doing, "open"):
		return kind(contrechamp.ErrNotFound, "there is no such bucket", "make the bucket first, or look at the address: s3://BUCKET/PREFIX?endpoint=https://HOST")
	case isMissing(err):
		return fmt.Errorf("%s: %w", doing, contrechamp.ErrNotFound)
	case status(err) == http.StatusForbidden, status(err) == http.StatusUnauthorized:
		return kind(contrechamp.ErrConflict, "the object store does not let this key do that", "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the rights s3:GetObject, s3:PutObject, s3:ListBucket")
	case strings.Contains(err.Error(), "get credentials"), strings.Contains(err.Error(), "failed to refresh cached credentials"):
		return kind(contrechamp.ErrInvalid, "there are no credentials for the object store", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	case bucketAway(err):
		return kind(contrechamp.ErrUnavailable, "the object store cannot be reached", "look whether it runs, then try again: nothing that was acknowledged is lost")
	}
	return fmt.Errorf("%s: %w", doing, err)
}
