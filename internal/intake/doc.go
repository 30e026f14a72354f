// Package intake takes events and facts in: CloudEvents 1.0 over HTTP, files of lines, and
// the person's own declaration.
//
// Whatever the way in, a thing said becomes a Record, is checked, and goes to the engine
// once: source and ID together name it for ever. One bad record never stops the others;
// each gets a Result with a code for machines and one Vietnamese sentence for people.
package intake
