package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"contrechamp.org/contrechamp/internal/archive/mail"
)

// isOutlook reports whether a compound file is an Outlook message.
func isOutlook(src Source) bool {
	return mail.IsMSG(io.NewSectionReader(src.Bytes, 0, src.Size))
}

// mail visits the attachments of a message.
func (w *walk) mail() error {
	if w.src.Size > mail.MaxBytes {
		return refuse(ErrTooLarge, "the message has %d MiB, more than the %d MiB from which attachments are taken", w.src.Size>>20, mail.MaxBytes>>20)
	}
	b, err := io.ReadAll(io.NewSectionReader(w.src.Bytes, 0, w.src.Size))
	if err != nil {
		return err
	}
	parse := mail.Parse
	if w.kind == MSG {
		parse = mail.ParseMSG
	}
	m, err := parse(b)
	if err != nil {
		var said mail.Refusal
		if errors.As(err, &said) {
			return refuse(ErrDamaged, "%s", said)
		}
		return err
	}
	for _, a := range m.Attachments {
		if err := w.meet(Member{Name: a.Name, Modified: m.Date, Size: int64(len(a.Bytes)), Reader: &limited{w: w, r: bytes.NewReader(a.Bytes)}}); err != nil {
			return err
		}
	}
	return nil
}

// mbox visits the messages of a mailbox.
func (w *walk) mbox() error {
	n := 0
	return mail.Split(io.NewSectionReader(w.src.Bytes, 0, w.src.Size), func(message []byte) error {
		n++
		m := Member{Name: fmt.Sprintf("message %d.eml", n), Size: int64(len(message)), Reader: &limited{w: w, r: bytes.NewReader(message)}}
		if message == nil {
			m.Err = refuse(ErrTooLarge, "the message has more than the %d MiB that are taken out of a mailbox", mail.MaxBytes>>20)
			m.Reader = nil
		}
		return w.meet(m)
	})
}
