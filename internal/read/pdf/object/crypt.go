package object

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// Many documents are encrypted without a password for readers, only to ask them not to print or to copy. Such a document
// opens with the empty password, here as in PDFium; any other goes to PDFium (ISO 32000-1, 7.6; ISO 32000-2, 7.6.4).

// crypt undoes the encryption of strings and streams.
type crypt struct {
	key    []byte
	method method
	plain  bool // metadata are not encrypted
}

// method is how bytes are encrypted.
type method int

const (
	byRC4    method = iota
	byAES128        // with a key of each object, as RC4
	byAES256        // with the document's key
)

// padding fills up a password (7.6.3.3).
const padding = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// openCrypt finds the document's key, where the empty password opens it.
func (d *Document) openCrypt(e Dict) (*crypt, error) {
	bad := func(detail string) error { return doubt.New(doubt.Encrypted, detail) }
	if d.Name(e.Get("Filter")) != "Standard" {
		return nil, bad("not by the standard handler")
	}
	version, revision := d.Int(e.Get("V"), 0), d.Int(e.Get("R"), 0)
	owner, _ := d.Resolve(e.Get("O")).(String)
	user, _ := d.Resolve(e.Get("U")).(String)
	permissions := d.Int(e.Get("P"), 0)
	encrypted, ok := d.Resolve(e.Get("EncryptMetadata")).(bool)
	c := &crypt{plain: ok && !encrypted}
	bits := 40
	switch version {
	case 1:
	case 2, 3:
		bits = d.Int(e.Get("Length"), 40)
	case 4, 5:
		name := d.Name(e.Get("StmF"))
		if name != d.Name(e.Get("StrF")) || name == "Identity" {
			return nil, bad("in parts")
		}
		filter := d.Dict(d.Dict(e.Get("CF")).Get(name))
		switch how := d.Name(filter.Get("CFM")); {
		case how == "V2" && version == 4:
			if bits = d.Int(filter.Get("Length"), 16); bits < 40 {
				bits *= 8
			}
		case how == "AESV2" && version == 4:
			c.method, bits = byAES128, 128
		case how == "AESV3" && version == 5:
			c.method = byAES256
		default:
			return nil, bad("in a way that is not known")
		}
	default:
		return nil, bad("in a way that is not known")
	}
	if c.method == byAES256 {
		ue, _ := d.Resolve(e.Get("UE")).(String)
		return c, c.keyOf256(user, ue, revision)
	}
	if bits < 40 || bits > 128 || bits%8 != 0 || revision < 2 || revision > 4 || len(owner) < 32 || len(user) < 32 {
		return nil, bad("in a way that is not known")
	}
	id := ""
	if ids := d.Array(d.Trailer.Get("ID")); len(ids) > 0 {
		s, _ := d.Resolve(ids[0]).(String)
		id = string(s)
	}
	seed := padding + string(owner[:32]) + string(binary.LittleEndian.AppendUint32(nil, uint32(int32(permissions)))) + id
	if revision >= 4 && c.plain {
		seed += "\xff\xff\xff\xff"
	}
	n := bits / 8
	sum := md5.Sum([]byte(seed))
	if revision >= 3 {
		for range 50 {
			sum = md5.Sum(sum[:n])
		}
	} else {
		n = 5
	}
	c.key = bytes.Clone(sum[:n])
	if !c.opens(user, id, revision) {
		return nil, bad("with a password")
	}
	return c, nil
}

// opens reports whether the key of the empty password is the right one (algorithm 6).
func (c *crypt) opens(user String, id string, revision int) bool {
	if revision == 2 {
		return string(stream4(c.key, []byte(padding))) == string(user[:32])
	}
	sum := md5.Sum([]byte(padding + id))
	out := sum[:]
	for i := range byte(20) {
		key := bytes.Clone(c.key)
		for j := range key {
			key[j] ^= i
		}
		out = stream4(key, out)
	}
	return string(out) == string(user[:16])
}

func stream4(key, data []byte) []byte {
	s, err := rc4.NewCipher(key)
	if err != nil {
		return nil // keys have 5 to 16 bytes here
	}
	out := make([]byte, len(data))
	s.XORKeyStream(out, data)
	return out
}

// keyOf256 finds a key of 256 bits by the empty password (algorithm 2.A).
func (c *crypt) keyOf256(user, ue String, revision int) error {
	if len(user) < 48 || len(ue) < 32 || revision != 5 && revision != 6 {
		return doubt.New(doubt.Encrypted, "in a way that is not known")
	}
	hash := func(salt String) []byte {
		sum := sha256.Sum256([]byte(salt))
		if revision == 6 {
			return harden(sum[:])
		}
		return sum[:]
	}
	if string(hash(user[32:40])) != string(user[:32]) {
		return doubt.New(doubt.Encrypted, "with a password")
	}
	block, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return doubt.New(doubt.Encrypted, err.Error())
	}
	c.key = make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(c.key, []byte(ue[:32]))
	return nil
}

// harden is the slow part of the hash of revision 6 (algorithm 2.B), for an empty password.
func harden(k []byte) []byte {
	for i := 0; ; i++ {
		data := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil // 16 bytes are a key
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(data, data)
		sum := 0
		for _, b := range data[:16] {
			sum += int(b)
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(data)
			k = s[:]
		case 1:
			s := sha512.Sum384(data)
			k = s[:]
		default:
			s := sha512.Sum512(data)
			k = s[:]
		}
		if i >= 63 && int(data[len(data)-1]) <= i-32 {
			return k[:32]
		}
	}
}

// undo decrypts bytes of an object.
func (c *crypt) undo(data []byte, number, generation int) ([]byte, error) {
	key := c.key
	if c.method != byAES256 {
		seed := append(bytes.Clone(c.key), byte(number), byte(number>>8), byte(number>>16), byte(generation), byte(generation>>8))
		if c.method == byAES128 {
			seed = append(seed, "sAlT"...)
		}
		sum := md5.Sum(seed)
		key = sum[:min(len(c.key)+5, len(sum))]
	}
	if c.method == byRC4 {
		return stream4(key, data), nil
	}
	if len(data) == 0 {
		return nil, nil
	}
	bad := doubt.New(doubt.Encrypted, "a block is cut off")
	if len(data) < aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return nil, bad
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, doubt.New(doubt.Encrypted, err.Error())
	}
	out := make([]byte, len(data)-aes.BlockSize)
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, data[aes.BlockSize:])
	if len(out) == 0 {
		return out, nil
	}
	pad := int(out[len(out)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, bad
	}
	return out[:len(out)-pad], nil
}

// strings decrypts the strings in an object.
func (c *crypt) strings(v Value, number, generation int) (Value, error) {
	switch v := v.(type) {
	case String:
		b, err := c.undo([]byte(v), number, generation)
		return String(b), err
	case Array:
		for i := range v {
			var err error
			if v[i], err = c.strings(v[i], number, generation); err != nil {
				return nil, err
			}
		}
	case Dict:
		for i := range v {
			var err error
			if v[i].Value, err = c.strings(v[i].Value, number, generation); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}
