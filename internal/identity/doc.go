// Package identity is the door people sign in through: OpenID Connect with PKCE at a
// provider of the operator's choice, and sessions of our own.
//
// The provider's name for a person never enters the store: it is turned into a pseudonym
// by a keyed digest. What a person may do comes from the provider's claims, by a table in
// the settings; an unknown role is no role.
//
// A session is a row; its name in the store is the SHA-256 of a random cookie. It ends
// after Idle without use, after Life in any case, and when its owner signs out. Signing in
// always makes a new one.
package identity
