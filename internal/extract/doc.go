// Package extract turns the bytes of a published document into its text, in the order a
// person reads it.
//
// Every text that leaves the package is valid UTF-8 in NFC. Paragraphs are separated by
// one "\n", so "Điều 5. …" always stands at the start of a line; the cells of a table row
// are joined by " | ". Running headers, footers and page numbers are gone.
//
// A PDF is parsed in a child process of our own binary with limits on memory, time, pages
// and bytes, because a hostile file can loop for ever or ask for more memory than there
// is, and neither can be caught inside a Go program. So a program that uses this package
// calls Main as the first thing it does.
package extract
