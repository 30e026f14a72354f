// Package telegram adapts the conversation to the Telegram Bot API, by webhook or by long
// polling, and sends notices over it.
//
// What is its own here and not the library's, and why: the webhook (the library answers
// 200 also to forged, broken and lost updates), the storing of polled updates before their
// offset moves on (the library keeps them in memory), the pace, and the reading of errors
// (the library's may hold the token, a page, or words of the message).
package telegram
