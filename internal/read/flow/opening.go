package flow

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// openings are the set words with which paragraphs of official acts begin, in the languages in which such acts are read here.
var openings = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`(?:Article|ARTICLE|Art\.|ART\.|Artículo|ARTÍCULO|Articolo|ARTICOLO|Artigo|ARTIGO|Artikel|ARTIKEL|Section|SECTION|Član|ČLAN|Члан|ЧЛАН|Статья) *(?:[0-9]+|[IVX]+\b|1er|premier|PREMIER|unique|UNIQUE)`,
	`§ ?[0-9]`,
	`(?:Chapitre|CHAPITRE|TITRE|Titre|Chapter|CHAPTER|Capítulo|CAPÍTULO|Kapitel|Capitolo|TITOLO|Titolo|TÍTULO|Título) +(?:[IVXL]+|[0-9]+|1er|premier|PREMIER)\b`,
	`V[Uu] `, `C(?:ONSID[ÉE]RANT|onsid[ée]rant) `, `S(?:UR|ur) (?:la )?proposition `, `(?:ARR[ÊE]TE|D[ÉE]CIDE|D[ÉE]LIB[ÈE]RE)(?:NT)?(?:\s*:?\s*$| CE QUI SUIT|,? [àa] )`, `D[ÉE]CR[ÈE]TE\s*:`,
	`V(?:isto|ist[ai]|ISTO|IST[AI])s? `, `C(?:onsiderando|ONSIDERANDO|onsiderato|ONSIDERATO) `, `R(?:itenuto|ITENUTO) `, `P(?:remesso|REMESSO) `,
	`RES(?:UELV[EO]|OLVE)\b`, `DISPONGO\b`, `DE(?:CRETA|LIBERA|TERMINA)\b`, `ORDINA\b`,
	`(?:Entendu|ENTENDU|Ouï|OUÏ) `, `(?:APPROUVE|AUTORISE|ADOPTE|CHARGE|DIT|FIXE|PREND ACTE|DONNE ACTE|DÉSIGNE)(?:NT)? `,
	`A(?:uf ?[Gg]rund|UFGRUND) `, `G(?:elet|ELET) op `, `O(?:verwegende|VERWEGENDE) `,
	`W(?:hereas|HEREAS),? `, `H(?:aving|AVING) (?:regard|REGARD) `,
}, "|") + `)`)

// dateLine is the date line of a letter: "Valcroix, le 22 janvier 2025".
var dateLine = regexp.MustCompile(`^(?:Fait à |Fatto a |Hecho en |Done at )?\p{Lu}[\p{L}'’-]+(?: [\p{L}'’-]+){0,3},? (?:le|on|den|il|lì|el|a|em|op) [0-9]{1,2}(?:er|\.|º)? `)

// OpensAct reports whether a line begins a paragraph of an official act: "Vu le code", "Article 3", "§ 4".
func OpensAct(s string) bool {
	if len(s) < 2 || s[0] >= 'a' && s[0] <= 'z' {
		return false
	}
	return (strings.IndexByte("ACDEFGHOPRSTVW", s[0]) >= 0 || s[0] >= utf8.RuneSelf) && openings.MatchString(s)
}

// IsDateLine reports whether a line begins as the date line of a letter does.
func IsDateLine(s string) bool {
	const far = 60 // bytes, within which it has its day
	return len(s) > 1 && strings.ContainsAny(s[:min(len(s), far)], "0123456789") && dateLine.MatchString(s)
}

// IsPageNumber reports whether a line is the number of a page: "3", "- 3 -", "page 3 sur 9", "3/9".
func IsPageNumber(s string) bool { return pageNumber.MatchString(s) }

var pageNumber = regexp.MustCompile(`^(?i:[-–—|•. ]*(?:page|p\.|seite|página|pagina|strana)?[ \x{a0}]*(?:[0-9]{1,5}|[ivxl]{1,6})(?:[ \x{a0}]*(?:/|sur|of|von|de)[ \x{a0}]*[0-9]{1,5})?[-–—|•. ]*)$`)
