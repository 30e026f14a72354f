package store

import "crypto/sha256"

// NameOf is how a conversation is called where it is kept; nil for none.
func NameOf(conversation string) []byte {
	if conversation == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(conversation))
	return sum[:]
}

// Who acts in the log of the queue when it is no official: ForgottenBy is a person who
// deleted a conversation, Opener one whose feedback opened an item.
const (
	ForgottenBy = "chu-hoi-thoai"
	Opener      = "nguoi-dung"
)
