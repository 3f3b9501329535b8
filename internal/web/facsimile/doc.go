// Package facsimile shows a capture as it was received, with a quote marked in it: a page of HTML from its bytes alone,
// inert and offline, or a plain text.
//
// A captured page is somebody else's program. Two fences stand around it, and either is enough by itself: the answer
// that carries it has [Policy], under which a browser runs and fetches nothing; and the page is written anew, token by
// token, from a list of elements and attributes that do nothing. What is not on the list goes: scripts, event handlers,
// frames, forms, drawings, meta and base elements, every address but those of a place in the same page and of a
// picture inside the page itself.
//
// Pictures and style sheets that were captured with the page, in the record of the same visit, are put into it; style sheets as
// those in the page are.
//
// What stays is the text with its places: each text token is where it was, so that the span of the bytes that a quote
// was read from (contrechamp.Origin) can be marked, across tags too. The page is not the page as a visitor saw it:
// what was not captured with it is missing, and what scripts would have written is not there.
package facsimile
