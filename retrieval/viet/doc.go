// Package viet reads Vietnamese as people type it and as the law prints it.
//
// The normal form of a word is what matching compares: composed (NFC), lower case, one
// place for the tone mark, Latin letters only where look-alikes were used. The folded
// form has no marks at all. Tokens carry byte offsets into the text they were cut from,
// so that whatever is found can be quoted byte for byte.
package viet
