// Package grammar compiles the rule file of a language into what texts are read with: one automaton over folded words that answers all that anybody
// knows of a word at once, and patterns indexed by the rarest thing that each must have.
//
// A grammar does not change once it is made, but for its automaton, which is made when the first text in its language comes (Ready).
package grammar
