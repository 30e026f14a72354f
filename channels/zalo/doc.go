// Package zalo adapts the conversation and the notices to a Zalo Official Account.
//
//	Zalo ──webhook──▶ Webhook: signature, time, store, 200
//	                     └─▶ Adapter: text → conversation; follow, unfollow, receipts
//	outbox ──▶ Sender: window? ─ open ──▶ consultation message
//	                         └─ closed ─▶ approved template ─ none, quota, night ─▶ next channel, or later
//	both ──▶ Client: pace, token, request, table of errors
//	           └─▶ Tokens: one refresher among all processes, new pair stored before its use
//
// It holds no conversation logic and no database. What Zalo's documents say, and how sure
// we are of it, stands as data: errors.yaml, templates/, window.Published.
package zalo
