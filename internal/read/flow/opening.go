package flow

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// openings are the set words with which paragraphs of official acts begin, in the languages in which such acts are read here.
var openings = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`(?:Article|ARTICLE|Art\.|ART\.|Artículo|ARTÍCULO|Articolo|ARTICOLO|Artigo|ARTIGO|Artikel|ARTIKEL|Section|SECTION|Član|ČLAN|Члан|ЧЛАН|Статья) *(?:[0-9]+|[IVX]+\b|1er|premier|PREMIER|unique|UNIQUE)`,
	`§ ?[0-9]`,
	`(?:Chapitre|CHAPITRE|TITRE|Titre|Chapter|CHAPTER|Capítulo|CAPÍTULO|Kapitel|Capitolo|TITOLO|Titolo|TÍTULO|Título) +(?:[IVXL]+|[0-9]+|1er|premier|PREMIER)\b`,
	`V[Uu] `, `C(?:ONSID[ÉE]RANT|onsid[ée]rant) `, `(?i:sur (?:la )?proposition )`, `(?:ARR[ÊE]TE|D[ÉE]CIDE|D[ÉE]LIB[ÈE]RE)(?:NT)?(?:\s*:?\s*$| CE QUI SUIT|,? [àa] )`, `D[ÉE]CR[ÈE]TE\s*:`,
	`V(?:isto|ist[ai]|ISTO|IST[AI])s? `, `C(?:onsiderando|ONSIDERANDO|onsiderato|ONSIDERATO) `, `R(?:itenuto|ITENUTO) `, `P(?:remesso|REMESSO) `,
	`RES(?:UELV[EO]|OLVE)\b`, `DISPONGO\b`, `DE(?:CRETA|LIBERA|TERMINA)\b`, `ORDINA\b`,
	`(?:Entendu|ENTENDU|Ouï|OUÏ) `, `(?:APPROUVE|AUTORISE|ADOPTE|CHARGE|DIT|FIXE|PREND ACTE|DONNE ACTE|DÉSIGNE)(?:NT)? `,
	`A(?:uf ?[Gg]rund|UFGRUND) `, `G(?:elet|ELET) op `, `O(?:verwegende|VERWEGENDE) `,
	`W(?:hereas|HEREAS),? `, `H(?:aving|AVING) (?:regard|REGARD) `,
}, "|") + `)`)

// dateLine is the date line of a letter: "Valcroix, le 22 janvier 2025".
var dateLine = regexp.MustCompile(`^(?:Fait à |Fatto a |Hecho en |Done at )?\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}[\p{L}'’-]+|de|du|des|la|le|les|sur|sous|en|am|an|der|del|della|di)){0,4},? (?:le|on|den|il|lì|el|a|em|op) [0-9]{1,2}(?:er|\.|º)? `)

// openers are the first words of openings as they are written: most lines begin with none, and are not looked at further.
var openers = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`article art artículo articolo artigo artikel section član члан статья chapitre titre chapter capítulo kapitel capitolo titolo título
		vu considérant considerant sur arrête arrêtent arrete arretent décide décident decide delibère délibère délibere delibere décrète decrete decrète décrete
		visto vista visti vistos vistas considerando considerato ritenuto premesso resuelve resuelvo resolve dispongo decreta delibera determina ordina
		entendu ouï approuve autorise adopte charge dit fixe prend donne désigne approuvent autorisent adoptent chargent disent fixent désignent
		auf aufgrund gelet overwegende whereas having`) {
		m[w], m[strings.ToUpper(w)] = true, true
		r, n := utf8.DecodeRuneInString(w)
		m[string(unicode.ToUpper(r))+w[n:]] = true
	}
	return m
}()

// OpensAct reports whether a line begins a paragraph of an official act: "Vu le code", "Article 3", "§ 4".
func OpensAct(s string) bool {
	if len(s) < 2 || s[0] >= 'a' && s[0] <= 'z' {
		return false
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	return (openers[s[:end]] || strings.HasPrefix(s, "§")) && openings.MatchString(s)
}

// IsDateLine reports whether a line begins as the date line of a letter does.
func IsDateLine(s string) bool {
	const far = 60 // bytes, within which it has its day
	return len(s) > 1 && strings.ContainsAny(s[:min(len(s), far)], "0123456789") && dateLine.MatchString(s)
}

// IsPageNumber reports whether a line is the number of a page: "3", "- 3 -", "page 3 sur 9", "3/9".
func IsPageNumber(s string) bool { return pageNumber.MatchString(s) }

var pageNumber = regexp.MustCompile(`^(?i:[-–—|•. ]*(?:page|p\.|seite|página|pagina|strana)?[ \x{a0}]*(?:[0-9]{1,5}|[ivxl]{1,6})(?:[ \x{a0}]*(?:/|sur|of|von|de)[ \x{a0}]*[0-9]{1,5})?[-–—|•. ]*)$`)
