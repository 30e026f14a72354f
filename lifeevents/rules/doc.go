// Package rules reads the rules of life events from their files and makes them runnable.
//
// A file is YAML, several rules to a file divided by "---", written to be read and edited
// by a lawyer; README.md in this folder describes every key. Load refuses a rule that says
// less than it must (a basis, its dates, both languages), naming file, line and reason; a
// Holder keeps the running set when a new one has faults.
package rules
