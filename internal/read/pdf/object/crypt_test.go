package object

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// locked is a document with a title and a stream, encrypted with the password; version 2 is RC4, 4 is AES.
func locked(password string, version int) []byte {
	pad := []byte(password + padding)[:32]
	id, owner := strings.Repeat("i", 16), strings.Repeat("o", 32)
	sum := md5.Sum([]byte(string(pad) + owner + "\xfc\xff\xff\xff" + id))
	for range 50 {
		sum = md5.Sum(sum[:])
	}
	user := md5.Sum([]byte(padding + id))
	for i := range byte(20) {
		key := bytes.Clone(sum[:])
		for j := range key {
			key[j] ^= i
		}
		c, _ := rc4.NewCipher(key)
		c.XORKeyStream(user[:], user[:])
	}
	lock := func(number int, s string) string {
		seed := append(bytes.Clone(sum[:]), byte(number), 0, 0, 0, 0)
		if version == 2 {
			key := md5.Sum(seed)
			c, _ := rc4.NewCipher(key[:])
			out := []byte(s)
			c.XORKeyStream(out, out)
			return string(out)
		}
		key := md5.Sum(append(seed, "sAlT"...))
		block, _ := aes.NewCipher(key[:])
		n := aes.BlockSize - len(s)%aes.BlockSize
		data := append([]byte(s), bytes.Repeat([]byte{byte(n)}, n)...)
		vector := bytes.Repeat([]byte{7}, aes.BlockSize)
		cipher.NewCBCEncrypter(block, vector).CryptBlocks(data, data)
		return string(vector) + string(data)
	}
	how := "/V 2/R 3/Length 128"
	if version == 4 {
		how = "/V 4/R 4/Length 128/CF<</StdCF<</CFM/AESV2/Length 16>>>>/StmF/StdCF/StrF/StdCF"
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.6\n")
	var at []int
	object := func(s string) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	object("<</Type/Catalog>>")
	object(fmt.Sprintf("<</Title<%x>/More[<%x>]>>", lock(2, "Lettre"), lock(2, "été")))
	content := lock(3, "(Bonjour) Tj")
	object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
	object(fmt.Sprintf("<</Filter/Standard%s/P -4/O<%x>/U<%x>>>", how, owner, string(user[:])+strings.Repeat("\x00", 16)))
	xref := out.Len()
	out.WriteString("xref\n0 5\n0000000000 65535 f \n")
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer<</Size 5/Root 1 0 R/Info 2 0 R/Encrypt 4 0 R/ID[<%x><%x>]>>\nstartxref\n%d\n", id, id, xref)
	return out.Bytes()
}

func TestEncryptedForNobody(t *testing.T) {
	for _, version := range []int{2, 4} {
		d, err := Open(locked("", version))
		if err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		info := d.Dict(Ref(2))
		more := d.Array(info.Get("More"))
		if info.Get("Title") != String("Lettre") || len(more) != 1 || more[0] != String("été") {
			t.Errorf("version %d: the strings are %q", version, info)
		}
		b, err := d.Bytes(d.Stream(Ref(3)), nil)
		if err != nil || string(b) != "(Bonjour) Tj" || d.Take() != nil {
			t.Errorf("version %d: the stream is %q (%v)", version, b, err)
		}
		if _, err := Open(locked("secret", version)); doubt.Of(err) != doubt.Encrypted {
			t.Errorf("version %d, with a password: %v", version, err)
		}
	}
}

func FuzzCrypt(f *testing.F) {
	f.Add(locked("", 2))
	f.Add(locked("", 4))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Open(b)
		if err != nil {
			return
		}
		for n := range min(len(d.entries), 20) {
			if s := d.Stream(Ref(n)); s != nil {
				if _, err := d.Bytes(s, nil); err != nil {
					d.Doubt(err)
				}
			}
		}
	})
}
