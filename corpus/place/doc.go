// Package place knows the administrative units of Vietnam: the 34 provinces and 3,321
// communes of today, the provinces, districts and communes they replaced on 1 July 2025,
// which old unit went into which new one, and which body now does what districts did.
//
// Everything is embedded and read once, on first use. Offsets are bytes. Names are NFC with
// the tone on the first vowel of an open pair ("Hòa", "Thủy"), whatever the source wrote.
//
// Two tables stand behind it. units.tsv.gz is written by corpus/place/gen from public lists;
// its head names them with licence and date, the counts of what agreed, and the few units
// that no list accounts for (About returns it). competence.tsv is written and reviewed by
// hand; what rests on memory is low in confidence there and must be shown as uncertain.
package place
