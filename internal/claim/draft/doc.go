// Package draft has claims before their document's last filters, and tells from the words around one how it is told: denied where something
// denies it, planned, possible, alleged, by its clause, by what stands beside it, by the act or the list that it is in. It knows too how near each
// sentence is to words for surveillance.
package draft
