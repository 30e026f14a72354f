// Package eval measures retrieval and answers on cases with known right outcomes.
//
// A Dataset is documents, questions and judgements. A System is anything that lists
// document IDs for a question: our retrievers, their peers, or a run read from a file.
// Retrieval makes a Report of it: metrics with bootstrap intervals, the same bytes every
// time. Metrics follow trec_eval 9 with -c (a question the run left out counts as 0); what
// could not be measured is null, never 0.
package eval
