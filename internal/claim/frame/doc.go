// Package frame proposes what the sentences of a text claim: by the frames of the rule files, by counts of devices, by capabilities that are named
// or said, and by the rows of tables. Each proposal is a draft.
package frame
