// Package place knows the administrative units of Vietnam: the 34 provinces and 3,321
// communes of today, the provinces, districts and communes they replaced on 1 July 2025,
// which old unit went into which new one, and which body now does what districts did.
//
// Everything is embedded and read once, on first use. Offsets are bytes. Names are NFC with
// the tone on the first vowel of an open pair ("Hòa", "Thủy"), whatever the source wrote.
package place
