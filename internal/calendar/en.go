package calendar

// english is what English says of dates; american has the month first in "03/04/2021". Words are folded.
func english(american bool) *language {
	l, b := newLanguage()
	l.monthDay, l.monthOnce, l.capital, l.lastFirst = true, american, true, true
	b.months("january february - - - - july - september october november december", 0)
	b.months("- - march april may june - august - - - -", doubtful)
	b.months("jan feb mar apr - jun jul aug sept/sep oct nov dec", abbr)
	b.weekdays("monday tuesday wednesday thursday friday saturday sunday")
	for i, w := range []string{"mon", "tue/tues", "wed", "thu/thur/thurs", "fri", "sat", "sun"} {
		for _, name := range splitNames(w) {
			b.add(name, sense{weekday: int8(i + 1), flags: start | abbr})
		}
	}
	b.numbers("a=1 an=1 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 dozen=12 several=-1 few=-1", start)
	b.numbers("first=1 second=2 third=3 fourth=4", ordinal|start)

	b.all("spring", sense{part: Spring, flags: start | season})
	b.all("summer", sense{part: Summer, flags: start | season})
	b.all("autumn fall", sense{part: Autumn, flags: start | season})
	b.all("winter", sense{part: Winter, flags: start | season})
	b.all("early beginning start earlier", sense{part: Early, flags: start})
	b.all("mid middle", sense{part: Mid, flags: start})
	b.all("late end later close", sense{part: Late, flags: start})

	b.all("day days", sense{unit: dayUnit, flags: start})
	b.all("week weeks", sense{unit: weekUnit, flags: start})
	b.all("month months", sense{unit: monthUnit, flags: start})
	b.all("month", sense{flags: filler})
	b.all("quarter quarters", sense{unit: quarterUnit, flags: start})
	b.all("half halves", sense{unit: halfUnit, flags: start})
	b.all("year years", sense{unit: yearUnit, flags: start})
	b.all("decade decades", sense{unit: decadeUnit})
	b.all("morning afternoon evening night", sense{flags: daypart})
	b.all("year fy fiscal financial calendar", sense{flags: yearName | filler})

	b.all("last past", sense{flags: last | start})
	b.all("next coming upcoming", sense{flags: next | start})
	b.all("this these current", sense{flags: this | start | small})

	b.all("in on during around circa throughout", sense{cue: At, flags: small})
	b.all("since from", sense{cue: Since, flags: small})
	b.all("until till through", sense{cue: Until, flags: small})
	b.all("by", sense{cue: By, flags: small})
	b.all("before", sense{cue: Before, flags: small})
	b.all("after", sense{cue: After, flags: small})
	b.all("between", sense{cue: Between, flags: small})
	b.all("at", sense{flags: small})
	b.all("as", sense{flags: small | weak})
	b.all("for", sense{cue: At, flags: weak | small})
	b.all("of", sense{flags: of | weak | filler | small})
	b.all("the", sense{flags: filler | small})
	b.all("a an", sense{flags: small})
	b.all("to through until till", sense{flags: to | small})
	b.all("and or then", sense{flags: and | small})
	b.all("st nd rd th", sense{flags: ending})
	b.all("every each", sense{flags: every})
	b.all("q h fy", sense{flags: letter})

	b.all("that those its it their they he she his her our we who which what is are was were be been being has have had will would could can may not no with without into over under than but if when while so also now there here more less fewer most least per", sense{flags: small})

	b.add("yesterday", sense{n: -1, flags: yesterday | start})
	b.add("tomorrow", sense{n: 1, flags: yesterday | start})
	b.add("today", sense{n: 0, part: Now, flags: yesterday | start})
	b.add("tonight", sense{n: 0, flags: yesterday | start})

	l.agoBehind = phrases("ago")
	l.since = phrases("for|for about|for around|for nearly|for almost|for over|for more than|for at least|for some|for just over|for roughly")
	l.aheadEnd = phrases("from now|' time|from today")
	l.ahead = phrases("within|within the next|in the next|over the next")
	l.recent = phrases("over the|in the|for the|during the|within the|the|over these|in")
	return b.finish()
}
