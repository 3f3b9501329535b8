package archivetest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// Wide encodes s as Outlook's Unicode streams are.
func Wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// Sent is the stream of fixed properties of a message that was sent at t.
func Sent(t time.Time) []byte {
	const toUnix = 11_644_473_600
	return Fixed(0x00390040, uint64(t.Unix()+toUnix)*10_000_000)
}

// Fixed is a stream of fixed properties: tag and value by turns.
func Fixed(pairs ...uint64) []byte {
	b := make([]byte, 32)
	for i := 0; i < len(pairs); i += 2 {
		b = binary.LittleEndian.AppendUint32(b, uint32(pairs[i]))
		b = binary.LittleEndian.AppendUint32(b, 6)
		b = binary.LittleEndian.AppendUint64(b, pairs[i+1])
	}
	return b
}

// entry is a place in a compound file's directory.
type entry struct {
	name                      string
	storage                   bool
	data                      []byte
	child, right, start, size uint32
	children                  []int
}

const (
	sector  = 512
	small   = 64
	cutoff  = 4096
	endMark = 0xfffffffe
	none    = 0xffffffff
	fatMark = 0xfffffffd
)

// Compound writes a compound file (MS-CFB, version 3) of streams, whose names may have one storage before a slash.
func Compound(streams ...File) []byte {
	entries := []entry{{name: "Root Entry", storage: true}}
	folders := map[string]int{"": 0}
	for _, f := range streams {
		parent := 0
		name := f.Name
		if folder, rest, ok := strings.Cut(name, "/"); ok {
			name = rest
			if _, known := folders[folder]; !known {
				folders[folder] = len(entries)
				entries[0].children = append(entries[0].children, len(entries))
				entries = append(entries, entry{name: folder, storage: true})
			}
			parent = folders[folder]
		}
		entries[parent].children = append(entries[parent].children, len(entries))
		entries = append(entries, entry{name: name, data: f.Data})
	}
	var fat, miniFat []uint32
	var body, mini []byte
	add := func(b []byte) uint32 {
		if len(b) == 0 {
			return endMark
		}
		start := uint32(len(fat))
		for at := 0; at < len(b); at += sector {
			fat = append(fat, uint32(len(fat)+1))
			body = append(body, pad(b[at:min(len(b), at+sector)], sector)...)
		}
		fat[len(fat)-1] = endMark
		return start
	}
	for i := range entries {
		e := &entries[i]
		e.child, e.right, e.start = none, none, endMark
		if e.storage {
			continue
		}
		e.size = uint32(len(e.data))
		if len(e.data) >= cutoff {
			e.start = add(e.data)
			continue
		}
		if len(e.data) == 0 {
			continue
		}
		e.start = uint32(len(miniFat))
		for at := 0; at < len(e.data); at += small {
			miniFat = append(miniFat, uint32(len(miniFat)+1))
			mini = append(mini, pad(e.data[at:min(len(e.data), at+small)], small)...)
		}
		miniFat[len(miniFat)-1] = endMark
	}
	for i := range entries {
		if list := entries[i].children; len(list) > 0 {
			slices.SortFunc(list, func(a, b int) int { // by length, then by letters, as the format wants it
				if d := len(entries[a].name) - len(entries[b].name); d != 0 {
					return d
				}
				return strings.Compare(entries[a].name, entries[b].name)
			})
			entries[i].child = uint32(list[0])
			for j := 1; j < len(list); j++ {
				entries[list[j-1]].right = uint32(list[j])
			}
		}
	}
	entries[0].start, entries[0].size = add(mini), uint32(len(mini))
	var table []byte
	for _, n := range miniFat {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	for len(table)%sector != 0 {
		table = binary.LittleEndian.AppendUint32(table, none)
	}
	miniStart := add(table)
	var directory []byte
	for _, e := range entries {
		directory = append(directory, e.bytes()...)
	}
	for len(directory)%sector != 0 {
		directory = append(directory, entry{child: none, right: none}.bytes()...)
	}
	directoryStart := add(directory)
	fats := 1
	for (len(fat)+fats)*4 > fats*sector {
		fats++
	}
	fatStart := len(fat)
	for range fats {
		fat = append(fat, fatMark)
	}
	head := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16)...)
	le := binary.LittleEndian
	for _, v := range []uint16{0x3e, 3, 0xfffe, 9, 6, 0, 0, 0} {
		head = le.AppendUint16(head, v)
	}
	for _, v := range []uint32{0, uint32(fats), directoryStart, 0, cutoff, miniStart, uint32(len(table) / sector), endMark, 0} {
		head = le.AppendUint32(head, v)
	}
	for i := range 109 {
		if i < fats {
			head = le.AppendUint32(head, uint32(fatStart+i))
		} else {
			head = le.AppendUint32(head, none)
		}
	}
	var out bytes.Buffer
	out.Write(head)
	out.Write(body)
	var numbers []byte
	for _, n := range fat {
		numbers = le.AppendUint32(numbers, n)
	}
	for len(numbers) < fats*sector {
		numbers = le.AppendUint32(numbers, none)
	}
	out.Write(numbers)
	return out.Bytes()
}

func (e entry) bytes() []byte {
	name := append(Wide(e.name), 0, 0)
	b := pad(name, 64)
	le := binary.LittleEndian
	kind := byte(2)
	switch {
	case e.name == "":
		kind, name = 0, nil
	case e.name == "Root Entry":
		kind = 5
	case e.storage:
		kind = 1
	}
	b = le.AppendUint16(b, uint16(len(name)))
	b = append(b, kind, 1)
	b = le.AppendUint32(b, none)
	b = le.AppendUint32(b, e.right)
	b = le.AppendUint32(b, e.child)
	b = append(b, make([]byte, 36)...)
	b = le.AppendUint32(b, e.start)
	return le.AppendUint64(b, uint64(e.size))
}

func pad(b []byte, n int) []byte {
	return append(slices.Clone(b), make([]byte, n-len(b))...)
}

// Outlook is a small Outlook message with two attachments.
func Outlook() []byte {
	return Compound(
		File{"__properties_version1.0", Sent(Modified)},
		File{"__substg1.0_0037001F", Wide("Caméras de la gare")},
		File{"__substg1.0_0C1A001F", Wide("Anne Martin")},
		File{"__substg1.0_0E04001F", Wide("Mairie de Valcroix")},
		File{"__substg1.0_1000001F", Wide("Bonjour,\r\n\r\nLa ville a installé douze caméras à la gare.\r\n")},
		File{"__attach_version1.0_#00000000/__substg1.0_3707001F", Wide("note.txt")},
		File{"__attach_version1.0_#00000000/__substg1.0_37010102", []byte("Une note jointe.")},
		File{"__attach_version1.0_#00000001/__substg1.0_3707001F", Wide("long.txt")},
		File{"__attach_version1.0_#00000001/__substg1.0_37010102", bytes.Repeat([]byte("Une longue note. "), 600)},
	)
}

// OutlookRTF is an Outlook message whose text is only there as RTF, as it stands in the message.
func OutlookRTF(subject string, compressed []byte) []byte {
	return Compound(
		File{"__properties_version1.0", Sent(Modified)},
		File{"__substg1.0_0037001F", Wide(subject)},
		File{"__substg1.0_0C1A001F", Wide("Anne Martin")},
		File{"__substg1.0_10090102", compressed},
	)
}
