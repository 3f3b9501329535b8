package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp/internal/word"
)

// cue is what the words of a line hint at. Cues are hints: shape and place decide with them.
type cue uint8

const (
	share    cue = 1 << iota // share this, print, text size
	related                  // see also, on the same subject
	comments                 // comments, your reaction
	appeal                   // donate, subscribe, newsletter, cookies
	byline                   // by, author, photo, source, filed under, reading time
	issued                   // published, posted
	updated                  // updated, modified
	rights                   // ©, all rights reserved
)

// cueLists are folded words and phrases that pages of all sorts put around their articles. Words that articles
// about surveillance use themselves ("données", "accès", "share" alone inside a sentence) only count in short lines.
var cueLists = map[cue]string{
	share: `partager|partagez|partages|partage|partager cet article|share|share this|share on|share this article|imprimer|print|print this|tweeter|tweet|retweeter|
		facebook|twitter|linkedin|whatsapp|telegram|copier le lien|copy link|envoyer par mail|email this|condividi|teilen|compartir|aggrandir|agrandir|envoyer a un ami|
		taille du texte|ecouter l'article|listen to this article|suivez-nous|suivez nous|follow us|retour en haut|back to top`,
	related: `voir aussi|lire aussi|a lire aussi|a lire egalement|lire egalement|sur le meme sujet|sur le meme theme|dans la meme rubrique|articles lies|articles similaires|
		a voir aussi|les plus lus|nos derniers articles|derniers articles|plus d'articles|pour aller plus loin|en relation|fil d'actualites|fil info|a la une|
		read also|read more|see also|related|related articles|related stories|more stories|more on this|more from|most read|most popular|trending|recommended|you may also like|
		you might also like|latest news|recent posts|leggi anche|potrebbe interessarti|lesen sie auch|mehr zum thema|leer tambien|article precedent|
		article suivant|previous article|next article|previous post|next post|precedent|suivant`,
	comments: `commentaires|commentaire|vos reactions|votre reaction|reactions|dernieres reactions|vos commentaires|laisser un commentaire|laissez un commentaire|ajouter un commentaire|
		poster un commentaire|reagir|reagissez|participer a la discussion|comments|leave a comment|leave a reply|post a comment|add a comment|join the discussion|join the conversation|
		commenti|lascia un commento|kommentare|comentarios`,
	appeal: `newsletter|newsletters|infolettre|lettre d'information|inscrivez-vous|inscrivez vous|abonnez-vous|abonnez vous|s'abonner|je m'abonne|abonnement|faites un don|faire un don|
		je donne|je fais un don|soutenez|soutenez-nous|nous soutenir|votre soutien|contribution|dons|soutenir|
		sign up|subscribe|subscription|donate|donation|support us|support our|become a member|your support|support independent|make a gift|log in|sign in|se connecter|connexion|
		mot de passe|password|cookies|cookie|accepter|tout accepter|accept all|politique de confidentialite|privacy policy|mentions legales|terms of use|terms of service|
		conditions generales|plan du site|sitemap|contactez-nous|contact us|a propos|about us|qui sommes-nous|publicite|advertisement|sponsored|champs obligatoires|anti-spam|
		adresse ne sera pas publiee|required fields|get our app|telecharger l'application|independent journalism`,
	byline: `par|by|auteur|auteurs|auteur s|author|authors|written by|redige par|ecrit par|propos recueillis par|texte|photo|photos|credit|credits|credit photo|image|illustration|source|sources|filed under|classe dans|categories|categorie|tags|mots-cles|rubrique|temps de lecture|min de lecture|minutes de lecture|min read|read time|minutes read|lecture|reporting|
		editing|reported by|avec afp|agence|agency|di|von|fonte|foto`,
	issued:  `publie|publiee|paru|parue|mis en ligne|poste|published|posted|date|issued|pubblicato|veroffentlicht|publicado|publicada`,
	updated: `mis a jour|mise a jour|modifie|modifie le|updated|last updated|last modified|modified|aggiornato|aktualisiert|actualizado`,
	rights:  `tous droits reserves|all rights reserved|copyright|droits reserves|reproduction interdite|riproduzione riservata|alle rechte vorbehalten`,
}

// cueWords finds them by the key of their words.
var cueWords = func() map[uint64]cue {
	m := map[uint64]cue{}
	for c, list := range cueLists {
		for _, w := range strings.Split(list, "|") {
			m[keyOf(w)] |= c
		}
	}
	return m
}()

const longestCue = 7 // words

// cueOpenings has a bit for each hash that a cue may begin with: most words begin none.
var cueOpenings = func() (filter [1 << 6]uint64) {
	for _, list := range cueLists {
		for _, w := range strings.Split(list, "|") {
			h := passageOf(w).hashes[0]
			filter[h>>58] |= 1 << (h >> 52 & 63)
		}
	}
	return filter
}()

// cues returns what the words of a line hint at, and how many words stand in hints of appeal.
func (p *passage) cues() (found cue, appeals int) {
	for i, h := range p.hashes {
		if cueOpenings[h>>58]>>(h>>52&63)&1 == 0 {
			continue
		}
		var phrase uint64
		for j := i; j < len(p.hashes) && j < i+longestCue; j++ {
			phrase = word.Join(phrase, p.hashes[j])
			c, ok := cueWords[phrase]
			if !ok {
				continue
			}
			if c&byline != 0 && i > 0 && j == i && p.tokens[i].End-p.tokens[i].Start < 5 {
				c &^= byline // "by" and "par" only open a byline
			}
			found |= c
			if c&appeal != 0 {
				appeals++
			}
		}
	}
	if strings.Contains(p.text, "©") {
		found |= rights
	}
	return found, appeals
}

// addresses are words with which a page speaks to its reader or of itself: what appeals are made of.
var addresses = func() map[uint64]bool {
	m := map[uint64]bool{}
	for _, w := range strings.Fields("vous votre vos nous notre nos you your us our we") {
		m[word.Hash(w)] = true
	}
	return m
}()

// addressing counts them. A letter from a mayor has them too, so that an appeal takes its own words as well.
func (p *passage) addressing() int {
	n := 0
	for i, h := range p.hashes {
		if t := p.tokens[i]; t.End-t.Start <= 5 && addresses[h] {
			n++
		}
	}
	return n
}

// capitalised reports whether words say a name: each begins with a capital, but for particles.
func capitalised(text string, tokens []word.Token) bool {
	if len(tokens) == 0 {
		return false
	}
	for i, t := range tokens {
		if t.Kind != word.Word {
			return false
		}
		if !t.Upper {
			switch w := word.Fold(t.Of(text)); w {
			case "de", "du", "des", "la", "le", "van", "von", "der", "den", "di", "da", "el", "al", "bin", "d'", "l'", "and", "et":
				if i > 0 {
					continue
				}
			}
			return false
		}
	}
	return true
}

// menu reports whether a line is a row of entries rather than a sentence: wide gaps or separators between short
// bits, or words glued at their capitals.
func menu(text string, tokens []word.Token) bool {
	if len(tokens) == 0 {
		return false
	}
	bits, longest := 0, 0
	for _, bit := range splitBits(text) {
		if n := len(strings.Fields(bit)); n > 0 {
			bits++
			longest = max(longest, n)
		}
	}
	if bits >= 3 && longest <= 4 || bits >= 6 && longest <= 8 {
		return true
	}
	return glued(text) >= 4
}

// trail reports whether a line is a path through a site: "Home » Town » Police".
func trail(text string) bool {
	n := 0
	for _, step := range []string{" » ", " › ", " > ", "  »  ", " → "} {
		n = max(n, strings.Count(text, step))
	}
	return n >= 2
}

// splitBits cuts a line at what menus put between their entries.
func splitBits(text string) []string {
	var bits []string
	from := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		cut := false
		switch r {
		case '|', '»', '›', '•', '·', '>', '→', '\t':
			cut = true
		case ' ':
			for i+n < len(text) && text[i+n] == ' ' {
				n++
			}
			cut = n >= 3
		case '/':
			cut = i > 0 && text[i-1] == ' '
		}
		if cut {
			bits = append(bits, text[from:i])
			from = i + n
		}
		i += n
	}
	return append(bits, text[from:])
}

// glued counts places where a small letter runs into a capital: "CultureEconomieEducation".
func glued(text string) int {
	n := 0
	var before rune
	for _, r := range text {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			n++
		}
		before = r
	}
	return n
}

// stops reports whether text ends as a sentence does, quotes and brackets aside.
func stops(text string) bool {
	for text != "" {
		r, n := utf8.DecodeLastRuneInString(text)
		switch r {
		case '.', '!', '?', '…', '。', '！', '？', '؟', '।':
			return true
		case '»', '”', '"', '’', '\'', ')', ']', ' ', '\u00a0', '\u202f', '*':
			text = text[:len(text)-n]
			continue
		}
		return false
	}
	return false
}
