package read

import contrechamp "contrechamp.org/contrechamp"

// Decode answers the characters of a text or a page as its reader saw them, and where they stand in its bytes; what
// source says of the encoding is believed as [Reader.Read] does. It is for those who show what was captured.
func Decode(b []byte, mediaType string) (string, contrechamp.Origin) {
	d := decode(b, mediaType)
	return d.text, d.origin
}
